import {
  Arena,
  LocalMessages,
  Op,
  RingBytes,
  Status,
  TaskState,
  TaskWord,
  createObject,
  endTask,
  endsOf,
  giveUp,
  hashes,
  heldAtDeath,
  perform,
  taskBlock,
  type HeldAtDeath,
  type ObjectCode,
  type Operation,
} from "../sync";
import { TraceWriter, type TaskKind } from "../trace";
import {
  ReplyCode,
  RequestCode,
  replyFrame,
  type AtomicBody,
  type AtomicResult,
  type AtomicWoken,
  type CreateBody,
  type CreateResult,
  type EndBody,
  type FailureBody,
  type Frame,
  type KillResult,
  type RenameBody,
  type SeqResult,
  type SocketsResult,
  type SpawnBody,
  type SpawnResult,
  type StreamBody,
  type StreamPlace,
  type SyncBody,
  type SyncResult,
  type TaskBody,
  type TaskInfo,
} from "../wire";
import { OsPipes } from "./os-pipes";
import { canListen } from "./os-sockets";
import { SegmentAtomics } from "./segment-atomics";
import type { InitOf, Member, Run } from "./run";
import type { RunFolder } from "./run-folder";

const encoder = new TextEncoder();
const nothing = new Uint8Array(0);

interface TaskRecord {
  readonly member: Member;
  readonly kind: TaskKind;
  readonly space: number;
  killed: boolean;
}

interface Waiting {
  readonly op: Op;
  readonly timer: NodeJS.Timeout | undefined;
}

/**
 * Stands between the processes of a run: keeps the state of all locks, queues and tasks, and lets a task that waits go on by
 * answering it. The operations are the same (src/sync) as between the threads of one process.
 */
export class Broker {
  private readonly arena: Arena;
  private readonly tasks = new Map<number, TaskRecord>();
  private readonly waiting = new Map<number, Waiting>();
  /** Who waits for a killed task to be gone, by its id. */
  private readonly killers = new Map<number, { readonly killer: number; readonly result: KillResult }[]>();
  private readonly rings: RingBytes;
  private readonly pipes: OsPipes;
  private readonly atomics: SegmentAtomics;
  private spaces = 0;
  private socketsFolder: SocketsResult | undefined;

  constructor(
    private readonly run: Run,
    taskLimit: number,
    /** What spawn() makes. */
    private readonly threads: boolean,
    private readonly folder: RunFolder,
  ) {
    const buffer = new ArrayBuffer(Arena.byteLength);
    Arena.initialise(buffer, taskLimit);
    this.arena = new Arena(buffer, new LocalMessages(), (task) => this.wake(task), false);
    this.rings = new RingBytes(this.arena);
    this.pipes = new OsPipes(folder.path);
    this.atomics = new SegmentAtomics(folder.segment, () => this.arena.nextSeq(), (task) => this.endMemoryWait(task, false));
  }

  // ---- processes

  /** The process of task 0, which is there already. */
  adoptMain(member: Member, name: string): InitOf {
    return this.introduce(member, { name, key: "main", kind: this.threads ? "thread" : "process", parent: null, copyOf: null, spawnedAt: 0, imageBytes: 0, hasCall: false });
  }

  /** Another copy of a program that spawns nothing. */
  spawnCopy(copy: number): void {
    const member = this.run.open(copy);
    const init = this.introduce(member, { name: `copy ${copy}`, key: "main", kind: "process", parent: null, copyOf: null, spawnedAt: this.run.now(), imageBytes: 0, hasCall: false });
    this.run.initialise(member, init, nothing);
  }

  private introduce(member: Member, facts: Omit<InitOf, "task" | "space">): InitOf {
    const task = this.arena.newTask(facts.parent ?? -1, 0);
    const space = this.spaces++;
    const name = this.arena.uniqueName(facts.name, 1);
    this.register(task, member, facts.kind, space, name);
    const writer = new TraceWriter();
    writer.meta({ type: "space", id: space, pid: member.process.pid, copyOf: facts.copyOf });
    writer.meta({ type: "task", id: task, name, kind: facts.kind, pid: member.process.pid, parent: facts.parent, space });
    this.run.trace(writer.take());
    return { ...facts, name, task, space };
  }

  private register(task: number, member: Member, kind: TaskKind, space: number, name: string): void {
    this.tasks.set(task, { member, kind, space, killed: false });
    this.arena.setName(task, name);
    this.arena.words[taskBlock(task) + TaskWord.Pid] = member.process.pid;
  }

  wasKilled(task: number): boolean {
    return this.tasks.get(task)?.killed ?? false;
  }

  /** It lives, and waits for nobody: what it waited for has come, though it may not have got round to telling. */
  awake(task: number): boolean {
    return this.tasks.has(task) && this.arena.taskState(task) === TaskState.Running && !this.waiting.has(task);
  }

  /** The end of a task that can't tell it itself. Its number, 0 if it had been told. */
  endLost(task: number, state: number, exitCode: number, failure: FailureBody): number {
    this.forget(task);
    this.atomics.forget(task);
    const seq = this.end(task, state, exitCode, encoder.encode(JSON.stringify(failure)));
    this.tellKillers(task);
    return seq;
  }

  /** The locks that a task took with it. */
  heldAtDeath(task: number): HeldAtDeath[] {
    return heldAtDeath(this.arena, task);
  }

  /** The run is over. */
  close(): void {
    this.pipes.close();
    this.atomics.close();
  }

  processEnded(member: Member): void {
    for (const [task, record] of this.tasks) if (record.member === member) this.tellKillers(task);
  }

  private end(task: number, state: number, exitCode: number, result: Uint8Array): number {
    return endTask(this.arena, task, state, exitCode, result.length === 0 ? 0 : this.arena.messages.put(result));
  }

  // ---- requests

  private reply(task: number, code: ReplyCode, body: unknown, bytes: Uint8Array = nothing): void {
    this.tasks.get(task)?.member.process.send(replyFrame(task, code, body, bytes));
  }

  /** A request of a task of this process. Throws for what no task of ours sends. */
  handle(member: Member, { task, code, body, bytes }: Frame): void {
    switch (code as RequestCode) {
      case RequestCode.Sync:
        this.sync(task, body as SyncBody, bytes);
        return;
      case RequestCode.Create:
        this.reply(task, ReplyCode.Result, this.create(task, body as CreateBody));
        return;
      case RequestCode.Spawn:
        this.spawn(member, task, body as SpawnBody, bytes);
        return;
      case RequestCode.Kill:
        this.kill(task, (body as TaskBody).task);
        return;
      case RequestCode.TaskInfo:
        this.reply(task, ReplyCode.Result, this.info((body as TaskBody).task));
        return;
      case RequestCode.Rename: {
        const { task: renamed, name } = body as RenameBody;
        this.arena.setName(renamed, name);
        this.reply(task, ReplyCode.Result, {});
        return;
      }
      case RequestCode.End: {
        const { state, exitCode } = body as EndBody;
        const result: SeqResult = { seq: this.end(task, state, exitCode, bytes) };
        this.reply(task, ReplyCode.Result, result);
        return;
      }
      case RequestCode.Seq: {
        const result: SeqResult = { seq: this.arena.nextSeq() };
        this.reply(task, ReplyCode.Result, result);
        return;
      }
      case RequestCode.ResultOf: {
        const handle = this.arena.words[taskBlock((body as TaskBody).task) + TaskWord.Result]!;
        this.reply(task, ReplyCode.Result, {}, handle === 0 ? nothing : this.arena.messages.read(handle));
        return;
      }
      case RequestCode.StreamPlace: {
        const { stream } = body as Pick<StreamBody, "stream">;
        const ends = endsOf(this.arena, stream) ?? null;
        const place: StreamPlace = { path: ends ? null : this.pipes.path(stream), ends };
        this.arena.pipesOutside ||= place.path !== null;
        this.reply(task, ReplyCode.Result, place);
        return;
      }
      case RequestCode.Sockets: {
        this.socketsFolder ??= { folder: canListen(this.folder.path) ? this.folder.path : null };
        this.reply(task, ReplyCode.Result, this.socketsFolder);
        return;
      }
      case RequestCode.StreamPut: {
        const { stream, offset } = body as StreamBody;
        this.reply(task, ReplyCode.Result, { ok: this.rings.put(stream, offset, bytes) });
        return;
      }
      case RequestCode.StreamTake: {
        const { stream, offset, count, until } = body as StreamBody;
        this.reply(task, ReplyCode.Result, {}, this.rings.take(stream, offset, count, until ?? undefined));
        return;
      }
      case RequestCode.Atomic:
        this.atomic(task, body as AtomicBody, bytes);
        return;
      case RequestCode.Note:
      case RequestCode.Compile:
      case RequestCode.NewThread:
      case RequestCode.Child:
      case RequestCode.ChildEnd:
        // The run's own to answer.
        return;
    }
  }

  // ---- synchronization

  private sync(task: number, body: SyncBody, bytes: Uint8Array): void {
    const operation: Operation = { op: body.op as Op, object: body.object, a: body.a, b: body.b, c: body.c, mayWait: body.mayWait };
    if (operation.op === Op.Send) operation.a = this.arena.messages.put(bytes);
    const status = perform(this.arena, task, operation);
    if (status === Status.Waiting) {
      const timer = body.timeout < 0 ? undefined : setTimeout(() => this.timeOut(task), body.timeout);
      this.waiting.set(task, { op: operation.op, timer });
      this.answer(task, ReplyCode.Result, status, operation.op);
      return;
    }
    if (operation.op === Op.Send && status !== Status.Done) this.arena.messages.free(operation.a);
    this.answer(task, ReplyCode.Result, status, operation.op);
  }

  private answer(task: number, code: ReplyCode, status: Status, op: Op): void {
    const { words, messages } = this.arena;
    const block = taskBlock(task);
    const result: SyncResult = {
      status,
      value: words[block + TaskWord.Value]!,
      extra: words[block + TaskWord.Extra]!,
      seq: words[block + TaskWord.Seq]! >>> 0,
      firstSeq: words[block + TaskWord.FirstSeq]! >>> 0,
    };
    const message = op === Op.Receive && status === Status.Done ? messages.take(words[block + TaskWord.Handle]!) : nothing;
    this.reply(task, code, result, message);
  }

  private atomic(task: number, body: AtomicBody, operands: Uint8Array): void {
    const { seq, elements, woken, waiting } = this.atomics.perform(task, body, operands);
    const result: AtomicResult = { seq, woken: woken.length, waiting };
    this.reply(task, ReplyCode.Result, result, elements);
    for (const waiter of woken) this.endMemoryWait(waiter, true);
  }

  private endMemoryWait(task: number, notified: boolean): void {
    const result: AtomicWoken = { seq: this.arena.nextSeq(), notified };
    this.reply(task, ReplyCode.Woken, result);
  }

  /** A task that waited has got what it waited for. */
  private wake(task: number): void {
    const wait = this.forget(task);
    if (!wait) return;
    this.answer(task, ReplyCode.Woken, this.arena.words[taskBlock(task) + TaskWord.Status]!, wait.op);
  }

  private timeOut(task: number): void {
    const wait = this.forget(task);
    if (wait) this.answer(task, ReplyCode.Woken, giveUp(this.arena, task), wait.op);
  }

  private forget(task: number): Waiting | undefined {
    const wait = this.waiting.get(task);
    if (!wait) return undefined;
    clearTimeout(wait.timer);
    this.waiting.delete(task);
    return wait;
  }

  private create(task: number, { identity, code, initial }: CreateBody): CreateResult {
    let seq = 0;
    const make = (): number => {
      const id = createObject(this.arena, code as ObjectCode, initial);
      if (id > 0) seq = this.arena.nextSeq();
      return id;
    };
    if (identity === null) return { id: make(), made: true, seq };
    const [hash1, hash2] = hashes(`object:${identity}`);
    const { value, made } = this.arena.lookUp(hash1, hash2, task + 1, make);
    return { id: value, made, seq };
  }

  // ---- tasks

  private info(task: number): TaskInfo {
    const { words } = this.arena;
    const block = taskBlock(task);
    return {
      name: this.arena.name(task),
      kind: this.tasks.get(task)?.kind ?? "process",
      pid: words[block + TaskWord.Pid]!,
      state: this.arena.taskState(task),
      exitCode: words[block + TaskWord.ExitCode]!,
    };
  }

  private spawn(member: Member, spawner: number, body: SpawnBody, bytes: Uint8Array): void {
    const { arena } = this;
    const make = (): number => arena.newTask(spawner, 0);
    let task: number;
    let made = true;
    if (body.identity === null) {
      task = make();
    } else {
      const [hash1, hash2] = hashes(`task:${body.identity}`);
      const found = arena.lookUp(hash1, hash2, spawner + 1, () => make() + 2);
      task = found.value - 2;
      made = found.made;
    }
    if (task < 0 || !made) {
      const result: SpawnResult = { id: task, made, pid: task < 0 ? 0 : this.info(task).pid, name: task < 0 ? "" : arena.name(task), seq: 0 };
      this.reply(spawner, ReplyCode.Result, result);
      return;
    }
    const name = arena.uniqueName(body.name, spawner + 1);
    const seq = arena.nextSeq();
    if (body.kind === "thread") {
      // Its process's own host starts it.
      this.register(task, member, "thread", body.space, name);
      member.live.add(task);
      const result: SpawnResult = { id: task, made, pid: member.process.pid, name, seq };
      this.reply(spawner, ReplyCode.Result, result);
      return;
    }
    const child = this.run.open(task);
    const space = this.spaces++;
    this.register(task, child, "process", space, name);
    const writer = new TraceWriter();
    writer.meta({ type: "space", id: space, pid: child.process.pid, copyOf: body.space });
    writer.meta({ type: "task", id: task, name, kind: "process", pid: child.process.pid, parent: spawner, space });
    this.run.trace(writer.take());
    const { key, spawnedAt, imageBytes } = body;
    this.run.initialise(child, { task, kind: "process", name, parent: spawner, space, copyOf: body.space, key, spawnedAt, imageBytes, hasCall: true }, bytes);
    const result: SpawnResult = { id: task, made, pid: child.process.pid, name, seq };
    this.reply(spawner, ReplyCode.Result, result);
  }

  /** The killer goes on when the task is gone. */
  private kill(killer: number, task: number): void {
    const record = this.tasks.get(task);
    if (!record || this.arena.taskState(task) !== TaskState.Running) {
      const result: KillResult = { killed: false, seq: 0 };
      this.reply(killer, ReplyCode.Result, result);
      return;
    }
    record.killed = true;
    this.killers.set(task, [...(this.killers.get(task) ?? []), { killer, result: { killed: true, seq: this.arena.nextSeq() } }]);
    if (record.member.rootTask === task) record.member.process.kill();
    else this.reply(task, ReplyCode.KillThread, { task });
  }

  private tellKillers(task: number): void {
    for (const { killer, result } of this.killers.get(task) ?? []) if (killer !== task) this.reply(killer, ReplyCode.Result, result);
    this.killers.delete(task);
  }
}
