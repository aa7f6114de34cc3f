import { realpathSync } from "node:fs";
import { basename, delimiter, join, sep } from "node:path";
import { CHILD_PIPES, type ChildEnvironment, type ChildPipes } from "../../wire";

const MAX_NAME = 40;

/** A program that is about to be started. `args` begin with the program's own name, as it is to see it. */
export interface ChildProgram {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

let own: string | undefined;

/** Whether it is this Node: another one may not understand our code. */
export function isThisNode({ file, env }: ChildProgram): boolean {
  if (file === process.execPath) return true;
  if (!/^node(\.exe)?$/i.test(basename(file))) return false;
  const candidates = file.includes(sep) ? [file] : (env.PATH ?? process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, file));
  for (const candidate of candidates) {
    try {
      own ??= realpathSync(process.execPath);
      return realpathSync(candidate) === own;
    } catch {
      // Not there: the next place is looked at.
    }
  }
  return false;
}

/** What it is called in the run: its script, or the command. */
export function nameOfProgram({ file, args }: ChildProgram, node: boolean): string {
  if (node) {
    const script = args.slice(1).find((arg) => !arg.startsWith("-"));
    const evaluated = args.slice(1).some((arg) => /^(-e|-p|-pe|--eval|--print)$/.test(arg));
    return script === undefined || evaluated ? "node" : basename(script);
  }
  const shell = args[1] === "-c" || args[1] === "/d" ? args.at(-1) : undefined;
  const name = shell?.replace(/\s+/g, " ").trim() ?? basename(file);
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
}

/** The variables by which a program of Node finds the run, with our bundle loaded before its own. */
export function recordingEnvironment(script: string, pipes: ChildPipes, options: string | undefined): Record<string, string> {
  const told: ChildEnvironment = { ...pipes, options: options ?? null };
  const load = `--require "${script.replace(/[\\"]/g, "\\$&")}"`;
  return { [CHILD_PIPES]: JSON.stringify(told), NODE_OPTIONS: options === undefined || options === "" ? load : `${load} ${options}` };
}
