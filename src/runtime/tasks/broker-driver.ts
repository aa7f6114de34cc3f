import { Op, Status, TaskState, type Arena } from "../../sync";
import {
  RequestCode,
  requestFrame,
  type AtomicBody,
  type AtomicName,
  type AtomicResult,
  type AtomicWoken,
  type CreateBody,
  type CreateResult,
  type EndBody,
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
} from "../../wire";
import type { ChunkSink } from "../context";
import { SEGMENT_OPERATIONS, type SegmentAtomicDriver, type SegmentAtomicResult } from "../instrumentation";
import { LimitError, type SpawnRequest, type SpawnedTask, type Streams, type TaskDriver } from "./driver";
import type { HostRequest } from "./host-messages";
import { Place, type Perturbation } from "../perturbation";
import { PipeEnds } from "./pipe-ends";
import { SocketEnds } from "./socket-ends";

const napWord = new Int32Array(new SharedArrayBuffer(4));

/** How answers of the supervisor reach a task. */
export interface Answers {
  next(): Frame;
}

/** Acts by asking the supervisor: the tasks of the run are in several processes. */
export class BrokerDriver implements TaskDriver, SegmentAtomicDriver {
  value = 0;
  extra = 0;
  seq = 0;
  firstSeq = 0;
  private message: Uint8Array = new Uint8Array(0);
  private readonly places = new Map<number, string | null>();
  private readonly pipes = new PipeEnds();
  private socketEnds: SocketEnds | null | undefined;

  constructor(
    private readonly task: number,
    private readonly space: number,
    private readonly sink: ChunkSink,
    private readonly answers: Answers,
    private readonly now: () => number,
    /** Where the process may have threads: what they share, and its host. */
    private readonly threads: { readonly arena: Arena; readonly post: (request: HostRequest) => void } | undefined,
    private readonly exportSpace: () => Uint8Array,
    private readonly taskLimit: number,
    private readonly perturbation: Perturbation | undefined,
  ) {
  }

  private ask(code: RequestCode, body: object, bytes?: Uint8Array): Frame {
    this.sink.write(requestFrame(this.task, code, body, bytes));
    return this.answers.next();
  }

  perform(op: Op, object: number, a: number, b: number, c: number, timeoutMs: number | undefined, onWait: (() => void) | undefined): Status {
    return this.sync(op, object, a, b, c, timeoutMs, onWait, undefined);
  }

  private sync(op: Op, object: number, a: number, b: number, c: number, timeoutMs: number | undefined, onWait: (() => void) | undefined, message: Uint8Array | undefined): Status {
    this.perturbation?.before(op, a);
    const body: SyncBody = { op, object, a, b, c, mayWait: timeoutMs === undefined || timeoutMs > 0, timeout: timeoutMs ?? -1 };
    let frame = this.ask(RequestCode.Sync, body, message);
    let result = frame.body as SyncResult;
    if (result.status === Number(Status.Waiting)) {
      this.adopt(result);
      onWait?.();
      frame = this.answers.next();
      result = frame.body as SyncResult;
    }
    this.adopt(result);
    this.message = frame.bytes;
    return result.status;
  }

  private adopt(result: SyncResult): void {
    this.value = result.value;
    this.extra = result.extra;
    this.seq = result.seq;
    this.firstSeq = result.firstSeq;
  }

  send(queue: number, message: Uint8Array, onWait: () => void): Status {
    return this.sync(Op.Send, queue, 0, 0, 0, undefined, onWait, message);
  }

  received(): Uint8Array {
    return this.message;
  }

  /** The operating-system pipe of a stream; null: its bytes go through the supervisor. */
  private place(stream: number): string | null {
    let path = this.places.get(stream);
    if (path === undefined) {
      path = this.askPlace(stream).path;
      this.places.set(stream, path);
    }
    return path;
  }

  private askPlace(stream: number): StreamPlace {
    return this.ask(RequestCode.StreamPlace, { stream }).body as StreamPlace;
  }

  /** Undefined where the system has no local sockets. */
  private get sockets(): SocketEnds | undefined {
    if (this.socketEnds === undefined) {
      const { folder } = this.ask(RequestCode.Sockets, {}).body as SocketsResult;
      this.socketEnds = folder === null ? null : new SocketEnds(folder, this.task, (task) => this.info(task).state === TaskState.Running);
    }
    return this.socketEnds ?? undefined;
  }

  listen(): void {
    this.sockets?.listen();
  }

  openConnection(streams: Streams, side: 0 | 1): void {
    const { sockets } = this;
    const { ends } = sockets ? this.askPlace(streams[0]) : { ends: null };
    if (!ends) return;
    if (side === 0) sockets?.accept(streams, ends.connector);
    else sockets?.connect(streams, ends.acceptor);
  }

  closeConnection(streams: Streams): void {
    this.socketEnds?.close(streams);
  }

  putBytes(stream: number, offset: number, bytes: Uint8Array): number {
    if (this.socketEnds?.has(stream)) return this.socketEnds.put(stream, bytes);
    const path = this.place(stream);
    if (path !== null) {
      this.pipes.put(stream, path, offset, bytes);
      return bytes.length;
    }
    const body: StreamBody = { stream, offset, count: bytes.length, until: null };
    const { ok } = this.ask(RequestCode.StreamPut, body, bytes).body as { ok: boolean };
    if (!ok) throw new LimitError("no room for the bytes of a pipe: too much waits in pipes and queues");
    return bytes.length;
  }

  takeBytes(stream: number, offset: number, count: number, until: number | undefined): Uint8Array {
    if (this.socketEnds?.has(stream)) return this.socketEnds.take(stream, count, until);
    const path = this.place(stream);
    if (path !== null) return this.pipes.take(stream, path, count, until);
    const body: StreamBody = { stream, offset, count, until: until ?? null };
    return this.ask(RequestCode.StreamTake, body).bytes;
  }

  segmentAtomic(name: AtomicName, type: string, offset: number, operands: Uint8Array, limit: number): SegmentAtomicResult {
    const operation = SEGMENT_OPERATIONS[name];
    if (operation === undefined) this.perturbation?.at(name === "wait" ? Place.Wait : Place.Notify);
    else this.perturbation?.beforeAtomic(operation);
    const body: AtomicBody = { name, type, offset, limit };
    const { body: result, bytes } = this.ask(RequestCode.Atomic, body, operands);
    const { seq, woken, waiting } = result as AtomicResult;
    return { seq, woken, elements: bytes, ended: !waiting };
  }

  segmentWaited(): AtomicWoken {
    return this.answers.next().body as AtomicWoken;
  }

  create(code: number, identity: string | undefined, initial: number): CreateResult {
    const body: CreateBody = { identity: identity ?? null, code, initial };
    const result = this.ask(RequestCode.Create, body).body as CreateResult;
    if (result.id === 0) throw new LimitError("too many locks, queues and Atomics in one run");
    return result;
  }

  cheapSeq(): number {
    return 0;
  }

  startSeq(): number {
    this.perturbation?.at(Place.Start);
    return (this.ask(RequestCode.Seq, {}).body as SeqResult).seq;
  }

  sleep(ms: number): void {
    const deadline = performance.now() + ms;
    for (let left = ms; left > 0; left = deadline - performance.now()) Atomics.wait(napWord, 0, 0, left);
  }

  spawn(request: SpawnRequest, onMade: (spawned: SpawnedTask) => void): SpawnedTask {
    const { threads } = this;
    this.perturbation?.at(Place.Spawn);
    const spawnedAt = this.now();
    const call = request.call();
    const process = request.kind === "process";
    const image = process ? this.exportSpace() : new Uint8Array(0);
    const { key, name, kind, identity } = request;
    const body: SpawnBody = { identity: identity ?? null, key, name, kind, space: this.space, spawnedAt, imageBytes: image.length };
    const result = this.ask(RequestCode.Spawn, body, process ? Buffer.concat([image, call]) : undefined).body as SpawnResult;
    if (result.id < 0) throw new LimitError(`a run may have ${this.taskLimit} tasks at most`);
    if (!result.made) return result;
    onMade(result);
    if (!process) {
      if (!threads) throw new LimitError("this process was started without a host for threads");
      threads.arena.adoptThread(result.id);
      threads.post({ type: "spawn", task: result.id, parent: this.task, key, name: result.name, call, spawnedAt });
    }
    return result;
  }

  kill(task: number): KillResult {
    const body: TaskBody = { task };
    return this.ask(RequestCode.Kill, body).body as KillResult;
  }

  info(task: number): TaskInfo {
    const body: TaskBody = { task };
    return this.ask(RequestCode.TaskInfo, body).body as TaskInfo;
  }

  rename(task: number, name: string): void {
    const body: RenameBody = { task, name };
    this.ask(RequestCode.Rename, body);
  }

  resultOf(task: number): Uint8Array {
    const body: TaskBody = { task };
    return this.ask(RequestCode.ResultOf, body).bytes;
  }

  end(state: number, exitCode: number, result: Uint8Array): number {
    const body: EndBody = { state, exitCode };
    const { seq } = this.ask(RequestCode.End, body, result).body as SeqResult;
    this.threads?.arena.endThread(this.task, state);
    return seq;
  }
}
