import { randomUUID } from "node:crypto";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reaper } from "./reaper";

/** Memory that looks like files, where the system has it. */
const TMPFS = "/dev/shm";

/** For a file that has a name for a moment only. */
export function passingPath(): string {
  return join(parent(), `concurrency-playground-${randomUUID()}`);
}

/** The folder of a run's files: the segment that its processes share. Goes with the run, however that ends. */
export class RunFolder {
  readonly path: string;

  constructor() {
    // By its name whoever finds it can tell whose it is.
    this.path = mkdtempSync(join(parent(), `concurrency-playground-${process.pid}-`));
    reaper.addFolder(this.path);
  }

  get segment(): string {
    return join(this.path, "segment");
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
    reaper.removeFolder(this.path);
  }
}

function parent(): string {
  try {
    accessSync(TMPFS, constants.W_OK);
    return TMPFS;
  } catch {
    return tmpdir();
  }
}
