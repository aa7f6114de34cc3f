import { spawn, type ChildProcess } from "node:child_process";

/**
 * Waits for the end of its standard input, which comes however we die; then ends the process groups (lines "+1234", taken back by
 * "-1234") and removes the folders ("d/path") that it has been told of.
 */
const SCRIPT = `
groups=" "; folders=
while IFS= read -r line; do
  case "$line" in
    +*) groups="$groups\${line#+} ";;
    -*) kept=" "; for group in $groups; do [ "-$group" = "$line" ] || kept="$kept$group "; done; groups="$kept";;
    d*) folders="$folders\${line#d}
";;
  esac
done
for group in $groups; do kill -9 "-$group"; done
printf %s "$folders" | while IFS= read -r folder; do rm -rf "$folder"; done
`;

/**
 * Leaves nothing of our runs behind when we are killed ourselves: a shell in a process group of its own. (Windows: the processes notice
 * by their pipes.)
 */
class Reaper {
  private shell: ChildProcess | undefined;
  private readonly charges = new Set<string>();

  /** From now on this process group does not outlive us. */
  add(pid: number): void {
    this.charge(`+${pid}`);
  }

  /** The group has ended: its number may soon be another's. */
  remove(pid: number): void {
    this.tell(`-${pid}`);
    this.discharge(`+${pid}`);
  }

  addFolder(path: string): void {
    this.charge(`d${path}`);
  }

  /** It has been removed. (Removing it again would do no harm.) */
  removeFolder(path: string): void {
    this.discharge(`d${path}`);
  }

  private charge(line: string): void {
    if (process.platform === "win32") return;
    this.charges.add(line);
    this.shell ??= start();
    this.tell(line);
  }

  private tell(line: string): void {
    this.shell?.stdin?.write(`${line}\n`);
  }

  private discharge(line: string): void {
    if (!this.charges.delete(line) || this.charges.size > 0) return;
    this.shell?.kill("SIGKILL");
    this.shell = undefined;
  }
}

function start(): ChildProcess {
  const shell = spawn("/bin/sh", ["-c", SCRIPT], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  // Without a shell the processes still notice the end of their pipes.
  shell.on("error", () => {});
  shell.stdin.on("error", () => {});
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return shell;
}

export const reaper = new Reaper();
