import { parentPort, workerData } from "node:worker_threads";
import type { MemoryBacking } from "../../../src/runtime/memory";
import { startTask } from "./task";

export interface HammerData {
  readonly memory: MemoryBacking;
  readonly task: number;
  readonly rounds: number;
}

export interface Arena {
  text: string;
  list: string[];
  own: Record<string, number>;
  nested: { at: { writer: number; text: string } };
}

const WORDS = ["", "é", "a text that needs a block of its own", "日本語の文字列です", "x".repeat(3000), "tiny"];

/** Every text that is ever written tells by itself whether it is whole: its parts agree. */
export function sealed(task: number, round: number): string {
  const word = WORDS[round % WORDS.length]!;
  return `${task}|${round}|${word}|${task}|${round}`;
}

export function isSealed(text: string): boolean {
  const [task, round, word, task2, round2] = text.split("|");
  return task === task2 && round === round2 && word === WORDS[Number(round) % WORDS.length];
}

if (parentPort) {
  const { memory, task, rounds } = workerData as HammerData;
  const { shared } = startTask({ memory, task });
  const arena = shared<Arena>({ text: sealed(0, 0), list: [], own: {}, nested: { at: { writer: 0, text: sealed(0, 0) } } }, "arena", "m0:arena#0");
  let bad = 0;
  for (let round = 0; round < rounds; round++) {
    arena.text = sealed(task, round);
    if (!isSealed(arena.text)) bad++;
    arena.list.push(sealed(task, round));
    const last = arena.list[arena.list.length - 1];
    if (last !== undefined && !isSealed(last)) bad++;
    if (arena.list.length > 500) arena.list.length = 0;
    arena.own[`field${task}_${round % 300}`] = round;
    arena.own[`common${round % 100}`] = round;
    if (arena.own[`field${task}_${round % 300}`] !== round) bad++;
    arena.nested.at = { writer: task, text: sealed(task, round) };
    const { at } = arena.nested;
    if (!at.text.startsWith(`${at.writer}|`) || !isSealed(at.text)) bad++;
  }
  parentPort.postMessage(bad);
}
