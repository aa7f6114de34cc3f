import { AtomicOp } from "../trace";
import type { Arena } from "./arena";
import { ObjectWord, Status, TaskWord, taskBlock } from "./layout";

const VALUE = ObjectWord.First;

export function initAtomic(arena: Arena, record: number, value: number): void {
  arena.words[record + VALUE] = value;
}

/** Value: before. Extra: after. A compareExchange that fails leaves Extra equal to Value; its Handle is 1. */
export function atomicOp(arena: Arena, task: number, record: number, op: AtomicOp, operand: number, replacement: number): Status {
  const { words } = arena;
  const before = words[record + VALUE]!;
  let after = before;
  let failed = 0;
  switch (op) {
    case AtomicOp.Load:
    case AtomicOp.WaitLoad:
      break;
    case AtomicOp.Store:
    case AtomicOp.Exchange:
      after = operand;
      break;
    case AtomicOp.Add:
      after = (before + operand) | 0;
      break;
    case AtomicOp.Sub:
      after = (before - operand) | 0;
      break;
    case AtomicOp.And:
      after = before & operand;
      break;
    case AtomicOp.Or:
      after = before | operand;
      break;
    case AtomicOp.Xor:
      after = before ^ operand;
      break;
    case AtomicOp.CompareExchange:
    case AtomicOp.CompareExchangeFailed:
      if (before === operand) after = replacement;
      else failed = 1;
      break;
  }
  words[record + VALUE] = after;
  return arena.result(task, Status.Done, arena.nextSeq(), before, after, failed);
}

/** Done with the value if it differs from `expected`. The comparison's own number is in FirstSeq in any case. */
export function atomicWait(arena: Arena, task: number, record: number, expected: number, mayWait: boolean): Status {
  const { words } = arena;
  const value = words[record + VALUE]!;
  const seq = arena.nextSeq();
  words[taskBlock(task) + TaskWord.FirstSeq] = seq;
  if (value !== expected) return arena.result(task, Status.Done, 0, value);
  if (!mayWait) return arena.result(task, Status.Failed, 0, value);
  arena.pushWaiter(record + ObjectWord.List, task, record, 0);
  return Status.Waiting;
}

/** Value: how many it woke. A woken task's Extra is the number of the notify. */
export function atomicNotify(arena: Arena, task: number, record: number, count: number): Status {
  const seq = arena.nextSeq();
  let woken = 0;
  while (woken < count) {
    const first = arena.firstWaiter(record + ObjectWord.List);
    if (first < 0) break;
    arena.grant(first, Status.Done, arena.nextSeq(), 0, seq);
    woken++;
  }
  return arena.result(task, Status.Done, seq, woken);
}
