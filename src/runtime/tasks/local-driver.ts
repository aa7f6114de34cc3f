import { Arena, Header, Op, RingBytes, Status, TaskState, TaskWord, createObject, endTask, giveUp, hashes, objectRecord, perform, taskBlock } from "../../sync";
import { MUTEX_OWNER } from "../../sync/mutex";
import type { ObjectCode, Operation } from "../../sync";
import type { TaskInfo } from "../../wire";
import { CriticalSection } from "./critical";
import { LimitError, type SpawnRequest, type SpawnedTask, type TaskDriver } from "./driver";
import type { HostRequest } from "./host-messages";
import { Place, type Perturbation } from "../perturbation";

/** How often a task looks at a taken lock, or at its own wake-up, before it goes to sleep. */
const SPINS = 100;

/** Acts on memory that all tasks of the run share: they are threads of this process. */
export class LocalDriver implements TaskDriver {
  value = 0;
  extra = 0;
  seq = 0;
  firstSeq = 0;
  private readonly words: Int32Array;
  private readonly block: number;
  private readonly rings: RingBytes;
  private readonly critical: CriticalSection;
  private readonly operation: Operation = { op: Op.Lock, object: 0, a: 0, b: 0, c: 0, mayWait: true };

  constructor(
    private readonly task: number,
    private readonly arena: Arena,
    private readonly now: () => number,
    private readonly post: (request: HostRequest) => void,
    private readonly perturbation: Perturbation | undefined,
  ) {
    this.words = arena.words;
    this.block = taskBlock(task);
    this.rings = new RingBytes(arena);
    this.critical = new CriticalSection(arena.words, task);
  }

  enter(): void {
    this.critical.enter();
  }

  leave(): void {
    this.critical.leave();
  }

  private attempt(): Status {
    this.enter();
    try {
      return perform(this.arena, this.task, this.operation);
    } finally {
      this.leave();
    }
  }

  perform(op: Op, object: number, a: number, b: number, c: number, timeoutMs: number | undefined, onWait: (() => void) | undefined): Status {
    this.perturbation?.before(op, a);
    const { operation } = this;
    operation.op = op;
    operation.object = object;
    operation.a = a;
    operation.b = b;
    operation.c = c;
    operation.mayWait = timeoutMs === undefined || timeoutMs > 0;
    if (op === Op.Lock && operation.mayWait) this.spinUntilFree(objectRecord(object) + MUTEX_OWNER);
    let status = this.attempt();
    if (status === Status.Waiting) {
      this.results();
      onWait?.();
      status = this.await(op, object, timeoutMs);
    }
    this.results();
    return status;
  }

  private results(): void {
    const { words, block } = this;
    this.value = words[block + TaskWord.Value]!;
    this.extra = words[block + TaskWord.Extra]!;
    this.seq = words[block + TaskWord.Seq]! >>> 0;
    this.firstSeq = words[block + TaskWord.FirstSeq]! >>> 0;
  }

  private spinUntilFree(owner: number): void {
    for (let i = 0; i < SPINS && Atomics.load(this.words, owner) !== 0; i++);
  }

  private await(op: Op, object: number, timeoutMs: number | undefined): Status {
    const { words, block } = this;
    const deadline = timeoutMs === undefined ? Infinity : performance.now() + timeoutMs;
    for (;;) {
      for (let i = 0; i < SPINS && Atomics.load(words, block + TaskWord.Parked) !== 0; i++);
      while (Atomics.load(words, block + TaskWord.Parked) !== 0) {
        const left = deadline - performance.now();
        if (left <= 0) {
          this.enter();
          const status = giveUp(this.arena, this.task);
          this.leave();
          if (status !== Status.Retry) return status;
          break;
        }
        Atomics.wait(words, block + TaskWord.Parked, 1, left);
      }
      const status: Status = Atomics.load(words, block + TaskWord.Status);
      if (status !== Status.Retry) return status;
      if (op === Op.Lock) this.spinUntilFree(objectRecord(object) + MUTEX_OWNER);
      this.operation.op = Op.LockAgain;
      const again = this.attempt();
      if (again !== Status.Waiting) return again;
    }
  }

  send(queue: number, message: Uint8Array, onWait: () => void): Status {
    const handle = this.store(message);
    const status = this.perform(Op.Send, queue, handle, 0, 0, undefined, onWait);
    // A sender that waited when the queue was closed: its message has been freed by whoever closed it.
    if (status === Status.Closed && !this.waited(handle)) this.arena.messages.free(handle);
    return status;
  }

  putBytes(stream: number, offset: number, bytes: Uint8Array): number {
    this.enter();
    const stored = this.rings.put(stream, offset, bytes);
    this.leave();
    if (!stored) throw new LimitError("no room for the bytes of a pipe: too much waits in pipes and queues");
    return bytes.length;
  }

  // Threads of one process meet in its memory.
  listen(): void {}
  openConnection(): void {}
  closeConnection(): void {}

  takeBytes(stream: number, offset: number, count: number, until: number | undefined): Uint8Array {
    this.enter();
    const bytes = this.rings.take(stream, offset, count, until);
    this.leave();
    return bytes;
  }

  private waited(handle: number): boolean {
    return this.words[this.block + TaskWord.Arg] === handle;
  }

  private store(bytes: Uint8Array): number {
    this.enter();
    const handle = this.arena.messages.put(bytes);
    this.leave();
    if (handle === 0) throw new LimitError(`no room for a message of ${bytes.length} bytes: too much waits in queues`);
    return handle;
  }

  received(): Uint8Array {
    this.enter();
    const bytes = this.arena.messages.take(this.words[this.block + TaskWord.Handle]!);
    this.leave();
    return bytes;
  }

  create(code: ObjectCode, identity: string | undefined, initial: number): { id: number; made: boolean; seq: number } {
    let seq = 0;
    // Numbered before anybody else can know it.
    const make = (): number => {
      const id = createObject(this.arena, code, initial);
      if (id > 0) seq = this.arena.nextSeq();
      return id;
    };
    this.enter();
    try {
      if (identity === undefined) {
        const id = this.checked(make());
        return { id, made: true, seq };
      }
      const [hash1, hash2] = hashes(`object:${identity}`);
      const found = this.arena.lookUp(hash1, hash2, this.task + 1, make);
      return { id: this.checked(found.value), made: found.made, seq };
    } finally {
      this.leave();
    }
  }

  private checked(id: number): number {
    if (id === 0) throw new LimitError("too many locks, queues and Atomics in one run");
    return id;
  }

  cheapSeq(): number {
    return this.arena.nextSeq();
  }

  startSeq(): number {
    this.perturbation?.at(Place.Start);
    return this.arena.nextSeq();
  }

  sleep(ms: number): void {
    const deadline = performance.now() + ms;
    for (let left = ms; left > 0; left = deadline - performance.now()) Atomics.wait(this.words, Header.Never, 0, left);
  }

  spawn(request: SpawnRequest, onMade: (spawned: SpawnedTask) => void): SpawnedTask {
    const { arena } = this;
    this.perturbation?.at(Place.Spawn);
    const spawnedAt = this.now();
    if (request.kind === "process") throw new LimitError("this run was started for threads alone; write Process.spawn(…) so that it can be seen");
    // First: it throws where an argument can't be cloned.
    const call = request.call();
    // As a whole: a task that is made is told and begins, also if this one is killed meanwhile.
    this.enter();
    try {
      const { id, made } = this.newTask(request.identity);
      if (id < 0) throw new LimitError(`a run may have ${this.words[Header.TaskLimit]} tasks at most`);
      if (!made) return { id, made, pid: process.pid, name: arena.name(id), seq: 0 };
      const name = arena.uniqueName(request.name, this.task + 1);
      arena.setName(id, name);
      this.words[taskBlock(id) + TaskWord.Pid] = process.pid;
      const spawned = { id, made, pid: process.pid, name, seq: arena.nextSeq() };
      onMade(spawned);
      arena.addThread();
      this.post({ type: "spawn", task: id, parent: this.task, key: request.key, name, call, spawnedAt });
      return spawned;
    } finally {
      this.leave();
    }
  }

  private newTask(identity: string | undefined): { readonly id: number; readonly made: boolean } {
    const { arena } = this;
    const make = (): number => arena.newTask(this.task, 0);
    if (identity === undefined) return { id: make(), made: true };
    // Stored plus 2, so that neither "none" (-1) nor task 0 looks like an empty slot.
    const [hash1, hash2] = hashes(`task:${identity}`);
    const { value, made } = arena.lookUp(hash1, hash2, this.task + 1, () => make() + 2);
    return { id: value - 2, made };
  }

  kill(task: number): { killed: boolean; seq: number } {
    const { words } = this;
    if (this.arena.taskState(task) !== TaskState.Running) return { killed: false, seq: 0 };
    const seq = this.arena.nextSeq();
    this.post({ type: "kill", task });
    // Its end is the host's to tell. Whoever kills goes on when it is true.
    if (task === this.task) this.critical.awaitEnd();
    while (this.arena.taskState(task) === TaskState.Running) Atomics.wait(words, Header.Never, 0, 0.2);
    return { killed: true, seq };
  }

  info(task: number): TaskInfo {
    const block = taskBlock(task);
    return {
      name: this.arena.name(task),
      kind: "thread",
      pid: process.pid,
      state: this.arena.taskState(task),
      exitCode: this.words[block + TaskWord.ExitCode]!,
    };
  }

  rename(task: number, name: string): void {
    this.enter();
    this.arena.setName(task, name);
    this.leave();
  }

  resultOf(task: number): Uint8Array {
    const handle = this.words[taskBlock(task) + TaskWord.Result]!;
    return handle === 0 ? new Uint8Array(0) : this.arena.messages.read(handle);
  }

  end(state: number, exitCode: number, result: Uint8Array): number {
    // A message heap without room must not keep a task from ending: then the result is lost, and join says so.
    const handle = result.length === 0 ? 0 : this.arena.messages.put(result);
    this.enter();
    const seq = endTask(this.arena, this.task, state, exitCode, handle);
    this.leave();
    return seq;
  }

  told(): void {
    const { words } = this.arena;
    const at = taskBlock(this.task) + TaskWord.Told;
    Atomics.store(words, at, 1);
    Atomics.notify(words, at);
  }
}
