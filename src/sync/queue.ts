import type { Arena } from "./arena";
import { ObjectWord, Status, TaskWord, taskBlock } from "./layout";

const RECEIVERS = ObjectWord.List;
const SENDERS = ObjectWord.List2;
/** -1: unbounded. */
const CAPACITY = ObjectWord.First;
const COUNT = ObjectWord.First + 1;
const HEAD = ObjectWord.First + 2;
const TAIL = ObjectWord.First + 3;
const CLOSED = ObjectWord.First + 4;
const SENT = ObjectWord.First + 5;
const RECEIVED = ObjectWord.First + 6;

export function initQueue(arena: Arena, record: number, capacity: number): void {
  arena.words[record + CAPACITY] = capacity;
}

/** Value: the message's number. Takes over the handle unless the result is Closed or Failed. */
export function send(arena: Arena, task: number, record: number, handle: number, mayWait: boolean): Status {
  const { words } = arena;
  if (words[record + CLOSED] !== 0) return arena.result(task, Status.Closed, arena.nextSeq());
  const receiver = arena.firstWaiter(record + RECEIVERS);
  if (receiver >= 0) {
    const number = words[record + SENT]!++;
    words[record + RECEIVED]!++;
    const seq = arena.nextSeqPair();
    arena.grant(receiver, Status.Done, seq + 1, number, arena.messages.byteLength(handle), handle);
    return arena.result(task, Status.Done, seq, number);
  }
  const capacity = words[record + CAPACITY]!;
  if (capacity < 0 || words[record + COUNT]! < capacity) {
    const number = append(arena, record, handle);
    return arena.result(task, Status.Done, arena.nextSeq(), number);
  }
  if (!mayWait) return arena.result(task, Status.Failed, 0);
  arena.pushWaiter(record + SENDERS, task, record, handle);
  return Status.Waiting;
}

function append(arena: Arena, record: number, handle: number): number {
  const { words, messages } = arena;
  messages.setNext(handle, 0);
  if (words[record + COUNT]!++ === 0) words[record + HEAD] = handle;
  else messages.setNext(words[record + TAIL]!, handle);
  words[record + TAIL] = handle;
  return words[record + SENT]!++;
}

/** Value: the message's number; Handle: its bytes, the receiver's now. */
export function receive(arena: Arena, task: number, record: number, mayWait: boolean): Status {
  const { words, messages } = arena;
  const sender = arena.firstWaiter(record + SENDERS);
  if (words[record + COUNT]! > 0) {
    const handle = words[record + HEAD]!;
    words[record + HEAD] = messages.next(handle);
    words[record + COUNT]!--;
    const number = words[record + RECEIVED]!++;
    const seq = arena.nextSeq();
    if (sender >= 0) {
      const sent = append(arena, record, words[taskBlock(sender) + TaskWord.Arg]!);
      arena.grant(sender, Status.Done, arena.nextSeq(), sent);
    }
    return arena.result(task, Status.Done, seq, number, messages.byteLength(handle), handle);
  }
  if (sender >= 0) {
    // Capacity 0: from hand to hand. The sender goes on at once, and what it does then comes after the receive.
    const seq = arena.nextSeqPair();
    const handle = words[taskBlock(sender) + TaskWord.Arg]!;
    const number = words[record + SENT]!++;
    words[record + RECEIVED]!++;
    arena.grant(sender, Status.Done, seq, number);
    return arena.result(task, Status.Done, seq + 1, number, messages.byteLength(handle), handle);
  }
  if (words[record + CLOSED] !== 0) return arena.result(task, Status.Closed, arena.nextSeq());
  if (!mayWait) return arena.result(task, Status.Failed, 0);
  arena.pushWaiter(record + RECEIVERS, task, record, 0);
  return Status.Waiting;
}

/** Those who wait learn it: receivers find nothing, senders can't send any more. */
export function closeQueue(arena: Arena, task: number, record: number): Status {
  const { words, messages } = arena;
  if (words[record + CLOSED] !== 0) return arena.result(task, Status.Closed, 0);
  words[record + CLOSED] = 1;
  const seq = arena.nextSeq();
  for (let first = arena.firstWaiter(record + RECEIVERS); first >= 0; first = arena.firstWaiter(record + RECEIVERS)) {
    arena.grant(first, Status.Closed, arena.nextSeq());
  }
  for (let first = arena.firstWaiter(record + SENDERS); first >= 0; first = arena.firstWaiter(record + SENDERS)) {
    messages.free(words[taskBlock(first) + TaskWord.Arg]!);
    arena.grant(first, Status.Closed, arena.nextSeq());
  }
  return arena.result(task, Status.Done, seq);
}

export function queueLength(arena: Arena, record: number): number {
  return arena.words[record + COUNT]!;
}

/** A sender that gave up or died leaves its message behind. */
export function senderLeft(arena: Arena, task: number, record: number, list: number): void {
  if (list === record + SENDERS) arena.messages.free(arena.words[taskBlock(task) + TaskWord.Arg]!);
}
