import {
  ARENA_WORDS,
  DIRECTORY_AT,
  DIRECTORY_SLOTS,
  DIRECTORY_SLOT_WORDS,
  Header,
  MAX_OBJECTS,
  MAX_TASKS,
  NAME_BYTES,
  ObjectWord,
  Status,
  TaskState,
  TaskWord,
  objectRecord,
  taskBlock,
} from "./layout";
import type { MessageStore } from "./messages";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Numbers from here on are not this arena's to give. */
const OUTSIDE = 0x8000_0000;

function notOutside(): number {
  throw new Error("nobody else counts");
}

/** The state of all tasks and synchronization objects of a run, and the few things all operations on it need. */
export class Arena {
  readonly words: Int32Array;
  private readonly bytes: Uint8Array;
  /** The bytes of pipes are the operating system's. */
  pipesOutside = false;

  /**
   * @param buffer shared between threads, or the broker's own
   * @param wake called when a task's `Parked` word has been cleared
   * @param barging whether a released mutex may be taken by whoever comes first; otherwise the first in line gets it
   * @param outside asks for the next number where the run has other processes that count, too (`countOutside`)
   */
  constructor(
    buffer: ArrayBufferLike,
    readonly messages: MessageStore,
    readonly wake: (task: number) => void,
    readonly barging: boolean,
    private readonly outside: () => number = notOutside,
  ) {
    this.words = new Int32Array(buffer);
    this.bytes = new Uint8Array(buffer);
  }

  static readonly byteLength = ARENA_WORDS * 4;

  /** Once per run. */
  static initialise(buffer: ArrayBufferLike, taskLimit: number): void {
    const words = new Int32Array(buffer);
    words[Header.NextObject] = 1;
    words[Header.TaskLimit] = Math.min(taskLimit, MAX_TASKS);
  }

  /** The next number in the one order of all synchronization events. */
  nextSeq(): number {
    const seq = (Atomics.add(this.words, Header.Seq, 1) + 1) >>> 0;
    return seq < OUTSIDE ? seq : this.outside();
  }

  /** The first of two numbers that follow each other, whatever other tasks do meanwhile. (What takes two is never counted outside.) */
  nextSeqPair(): number {
    return (Atomics.add(this.words, Header.Seq, 2) + 1) >>> 0;
  }

  /**
   * From now on the numbers of events and tasks come from outside: the run gets another process. Returns the last number and the count of
   * tasks that were given here; undefined if it was so already.
   */
  countOutside(): { readonly seq: number; readonly tasks: number } | undefined {
    const { words } = this;
    const seq = Atomics.or(words, Header.Seq, OUTSIDE) >>> 0;
    if (seq >= OUTSIDE) return undefined;
    const tasks = Atomics.exchange(words, Header.NextTask, MAX_TASKS);
    return { seq, tasks: Math.min(tasks, words[Header.TaskLimit]!) };
  }

  get countsOutside(): boolean {
    return Atomics.load(this.words, Header.Seq) >>> 0 >= OUTSIDE;
  }

  /** A spin lock over a few words; held for well under a microsecond. `holder` is task + 1. */
  enter(guard: number, holder: number): void {
    const { words } = this;
    let spins = 0;
    while (Atomics.compareExchange(words, guard, 0, holder) !== 0) {
      // The holder may have lost its processor: let it have ours. (Never contended where waiting is not allowed.)
      if (++spins % 200 === 0) Atomics.wait(words, Header.Never, 0, 0.02);
    }
  }

  leave(guard: number): void {
    Atomics.store(this.words, guard, 0);
  }

  // ---- waiters: a doubly linked list through the task blocks; a task is in at most one

  pushWaiter(list: number, task: number, owner: number, arg: number): void {
    const { words } = this;
    const block = taskBlock(task);
    const last = words[list + 1]!;
    words[block + TaskWord.InList] = list;
    words[block + TaskWord.Next] = 0;
    words[block + TaskWord.Previous] = last;
    words[block + TaskWord.WaitOwner] = owner;
    words[block + TaskWord.Arg] = arg;
    words[block + TaskWord.Retries] = 0;
    Atomics.store(words, block + TaskWord.Parked, 1);
    if (last === 0) words[list] = task + 1;
    else words[taskBlock(last - 1) + TaskWord.Next] = task + 1;
    words[list + 1] = task + 1;
  }

  removeWaiter(task: number): void {
    const { words } = this;
    const block = taskBlock(task);
    const list = words[block + TaskWord.InList]!;
    if (list === 0) return;
    const next = words[block + TaskWord.Next]!;
    const previous = words[block + TaskWord.Previous]!;
    if (previous === 0) words[list] = next;
    else words[taskBlock(previous - 1) + TaskWord.Next] = next;
    if (next === 0) words[list + 1] = previous;
    else words[taskBlock(next - 1) + TaskWord.Previous] = previous;
    words[block + TaskWord.InList] = 0;
  }

  /** The first waiter, or -1. */
  firstWaiter(list: number): number {
    return this.words[list]! - 1;
  }

  // ---- results

  /** The result of an operation that is done at once. Seen by the task itself, or by one that waits for `Parked`, which is cleared after this with a fence. */
  result(task: number, status: Status, seq: number, value = 0, extra = 0, handle = 0): Status {
    const { words } = this;
    const block = taskBlock(task);
    words[block + TaskWord.Value] = value;
    words[block + TaskWord.Extra] = extra;
    words[block + TaskWord.Seq] = seq;
    words[block + TaskWord.Handle] = handle;
    words[block + TaskWord.Status] = status;
    return status;
  }

  /** Takes a waiter out of its list with this result and wakes it. */
  grant(task: number, status: Status, seq: number, value = 0, extra = 0, handle = 0): void {
    this.removeWaiter(task);
    this.result(task, status, seq, value, extra, handle);
    this.unpark(task);
  }

  unpark(task: number): void {
    Atomics.store(this.words, taskBlock(task) + TaskWord.Parked, 0);
    this.wake(task);
  }

  // ---- objects

  /** A new object's id, or 0 if there are too many. */
  newObject(type: number): number {
    const id = Atomics.add(this.words, Header.NextObject, 1);
    if (id >= MAX_OBJECTS) return 0;
    this.words[objectRecord(id) + ObjectWord.Type] = type;
    return id;
  }

  /**
   * What is known under a key (two independent 32-bit hashes of its text): the value that the first caller gave.
   * `make` runs for the first caller only, with the directory locked. Returns slot address of value.
   */
  lookUp(hash1: number, hash2: number, holder: number, make: () => number): { readonly value: number; readonly made: boolean; readonly at: number } {
    const { words } = this;
    this.enter(Header.DirectoryGuard, holder);
    try {
      const one = hash1 | 0 || 1;
      let slot = (hash1 >>> 0) % DIRECTORY_SLOTS;
      for (let probes = 0; probes < DIRECTORY_SLOTS; probes++) {
        const at = DIRECTORY_AT + slot * DIRECTORY_SLOT_WORDS;
        if (words[at] === 0) {
          const value = make();
          words[at + 1] = hash2 | 0;
          words[at + 2] = value;
          words[at] = one;
          return { value, made: true, at };
        }
        if (words[at] === one && words[at + 1] === (hash2 | 0)) return { value: words[at + 2]!, made: false, at };
        slot = (slot + 1) % DIRECTORY_SLOTS;
      }
      return { value: 0, made: true, at: 0 };
    } finally {
      this.leave(Header.DirectoryGuard);
    }
  }

  // ---- tasks

  /** A new task's id, or -1 if the run may have no more. */
  newTask(parent: number, kind: number): number {
    const { words } = this;
    const id = Atomics.add(words, Header.NextTask, 1);
    if (id >= words[Header.TaskLimit]!) {
      Atomics.sub(words, Header.NextTask, 1);
      return -1;
    }
    const block = taskBlock(id);
    words[block + TaskWord.Parent] = parent + 1;
    words[block + TaskWord.Kind] = kind;
    Atomics.store(words, block + TaskWord.State, TaskState.Running);
    return id;
  }

  /** A task that was numbered outside. */
  adoptTask(task: number, parent: number): void {
    const block = taskBlock(task);
    this.words[block + TaskWord.Parent] = parent + 1;
    Atomics.store(this.words, block + TaskWord.State, TaskState.Running);
  }

  /** A thread of this process that the broker has numbered. */
  adoptThread(task: number): void {
    Atomics.store(this.words, taskBlock(task) + TaskWord.State, TaskState.Running);
    this.addThread();
  }

  endThread(task: number, state: number): void {
    Atomics.store(this.words, taskBlock(task) + TaskWord.State, state);
  }

  /** One more thread than the process's first. */
  addThread(): void {
    Atomics.add(this.words, Header.LiveThreads, 1);
  }

  /** It is gone, and all that it had to say has been written. */
  threadGone(): void {
    Atomics.sub(this.words, Header.LiveThreads, 1);
    Atomics.notify(this.words, Header.LiveThreads);
  }

  /** Blocks until this process has no thread but its first. */
  awaitThreads(): void {
    const { words } = this;
    for (let live = Atomics.load(words, Header.LiveThreads); live > 0; live = Atomics.load(words, Header.LiveThreads)) {
      Atomics.wait(words, Header.LiveThreads, live);
    }
  }

  /** `base`, or with a number where the run has that name already. */
  uniqueName(base: string, holder: number): string {
    const [hash1, hash2] = hashes(`name:${base}`);
    const { made, at } = this.lookUp(hash1, hash2, holder, () => 1);
    return made ? base : `${base} ${Atomics.add(this.words, at + 2, 1) + 1}`;
  }

  taskState(task: number): number {
    return Atomics.load(this.words, taskBlock(task) + TaskWord.State);
  }

  setName(task: number, name: string): void {
    const { words } = this;
    const block = taskBlock(task);
    this.enter(block + TaskWord.Guard, task + 1);
    const { written } = encoder.encodeInto(name, this.bytes.subarray((block + TaskWord.Name) * 4, (block + TaskWord.Name) * 4 + NAME_BYTES));
    words[block + TaskWord.NameLength] = written;
    this.leave(block + TaskWord.Guard);
  }

  name(task: number): string {
    const block = taskBlock(task);
    const at = (block + TaskWord.Name) * 4;
    // A copy: a decoder takes no shared bytes.
    return decoder.decode(this.bytes.slice(at, at + this.words[block + TaskWord.NameLength]!));
  }
}

/** Two independent 32-bit hashes of a text (FNV-1a with different bases; murmur3's finaliser). */
export function hashes(text: string): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return [finish(a), finish(b ^ text.length)];
}

function finish(hash: number): number {
  let h = hash;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
