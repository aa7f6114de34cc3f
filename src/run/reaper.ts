import { spawn, type ChildProcess } from "node:child_process";

/**
 * Ends the processes of our runs when we are killed ourselves: a shell in a process group of its own that waits for the end of its
 * standard input, which comes however we die. (Windows: the processes notice by their pipes.)
 */
class Reaper {
  private shell: ChildProcess | undefined;
  private readonly groups = new Set<number>();

  /** From now on this process group does not outlive us. */
  add(pid: number): void {
    if (process.platform === "win32") return;
    this.groups.add(pid);
    this.start().stdin?.write(`+${pid}\n`);
  }

  /** The group has ended: its number may soon be another's. */
  remove(pid: number): void {
    if (!this.groups.delete(pid)) return;
    if (this.groups.size > 0) {
      this.shell?.stdin?.write(`-${pid}\n`);
      return;
    }
    this.shell?.kill("SIGKILL");
    this.shell = undefined;
  }

  private start(): ChildProcess {
    if (this.shell) return this.shell;
    const script = 'p=" "; while read -r l; do case "$l" in +*) p="$p${l#+} ";; -*) n="${l#-}"; q=" "; for i in $p; do [ "$i" = "$n" ] || q="$q$i "; done; p="$q";; esac; done; for i in $p; do kill -9 -"$i"; done';
    const shell = spawn("/bin/sh", ["-c", script], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
    // Without a shell the processes still notice the end of their pipes.
    shell.on("error", () => {});
    shell.stdin?.on("error", () => {});
    shell.unref();
    (shell.stdin as unknown as { unref?(): void } | null)?.unref?.();
    this.shell = shell;
    return shell;
  }
}

export const reaper = new Reaper();
