import { readFileSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";

export const FOLDER = resolve("test/programs");

/** What a program does; each is a folder. */
export const VERDICTS = ["racy", "clean", "deadlock", "lost-update", "atomicity-violation", "lock-order", "lock-misuse", "lost-wakeup"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A program of the snippet API, or one for plain Node. */
export type Form = "snippet" | "plain";
export type Mode = "threads" | "processes";

export interface Program {
  readonly verdict: Verdict;
  readonly form: Form;
  readonly file: string;
  /** As a person finds it, from the project's root. */
  readonly path: string;
  readonly text: string;
  /** The modes in which the folder is its verdict; in the other one it is clean, or not run at all with `alone`. */
  readonly modes: readonly Mode[];
  /** Only in `modes` does it mean anything. */
  readonly alone: boolean;
  /** What its findings are about, as its first line says: "// races: x, y. Why." */
  readonly about: readonly string[];
}

const BOTH: readonly Mode[] = ["threads", "processes"];

function modesOf(form: Form, verdict: Verdict, head: string): { modes: readonly Mode[]; alone: boolean } {
  if (form === "plain") return { modes: ["threads"], alone: true };
  const told = /Modes: (both|threads|processes)/.exec(head)?.[1];
  // In processes every task has its own copy of a shared() variable: then nothing races.
  if (verdict === "racy") return { modes: told === "both" ? BOTH : ["threads"], alone: false };
  return told === "threads" || told === "processes" ? { modes: [told], alone: true } : { modes: BOTH, alone: false };
}

function programOf(verdict: Verdict, name: string): Program {
  const file = join(FOLDER, verdict, name);
  const text = readFileSync(file, "utf8");
  const head = text.slice(0, text.indexOf("\n"));
  const form = name.endsWith(".ts") ? "snippet" : "plain";
  const about = (/\b(?:races|waits|finds): ([^.]*)/.exec(head)?.[1] ?? "").split(", ").filter((word) => word !== "");
  return { verdict, form, file, path: relative(process.cwd(), file), text, ...modesOf(form, verdict, head), about: about.sort() };
}

/** All programs, each beside its twin of the other form. */
export function allPrograms(): Program[] {
  const found = new Set(readdirSync(FOLDER));
  return VERDICTS.filter((verdict) => found.has(verdict)).flatMap((verdict) =>
    readdirSync(join(FOLDER, verdict))
      .filter((name) => /\.(ts|mjs|cjs)$/.test(name))
      .sort()
      .map((name) => programOf(verdict, name)),
  );
}
