import { spawnSync } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import { join } from "node:path";

/** Whether the system has named pipes, and they could be made at these paths. */
export function makeFifos(paths: readonly string[]): boolean {
  return process.platform !== "win32" && spawnSync("mkfifo", ["-m", "600", ...paths]).status === 0;
}

/**
 * The operating-system pipes of a run: named ones (FIFOs) in its folder, since both ends are opened by processes that know
 * nothing of each other. Held open here too, so that bytes outlive the process that wrote them.
 */
export class OsPipes {
  private readonly paths = new Map<number, string | null>();
  private readonly files: number[] = [];

  constructor(private readonly folder: string) {}

  /** Path of the pipe of a stream; null where the system has none that can be made (Windows has named pipes of another kind). */
  path(stream: number): string | null {
    const known = this.paths.get(stream);
    if (known !== undefined) return known;
    const path = this.make(join(this.folder, `pipe-${stream}`));
    this.paths.set(stream, path);
    return path;
  }

  private make(path: string): string | null {
    if (!makeFifos([path])) return null;
    this.files.push(openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
    return path;
  }

  close(): void {
    for (const file of this.files.splice(0)) closeSync(file);
  }
}
