import { MAX_TASKS } from "../sync";
import { Kind, TraceWriter } from "../trace";
import { ReplyCode, RequestCode, replyFrame, type ChildBody, type ChildEndBody, type ChildResult, type Frame, type NewThreadBody, type NewThreadResult, type Note, type SeqResult } from "../wire";
import { ChildLink } from "./child-link";
import type { Member, Run } from "./run";
import { RunFolder } from "./run-folder";
import type { RunWords } from "./words";

/** Numbers of the upper half are those of the threads of Node's loader. */
const MOST_TASKS = MAX_TASKS / 2;

interface Child {
  readonly member: Member;
  readonly link: ChildLink;
  readonly parent: Member;
  /** It records itself. */
  begun: boolean;
  /** Undefined until it has told its end. */
  endSeq: number | undefined;
  killed: boolean;
  ended: boolean;
  /** Who waits for its end. */
  waiting: (() => void)[];
}

/**
 * The processes that a plain program starts, and what is common to all of them: the numbers of events, tasks and spaces. While there
 * is one process alone, it counts by itself.
 */
export class PlainProcesses {
  /** The last number given; undefined while the first process gives them. */
  private seq: number | undefined;
  private readonly asked: (() => void)[] = [];
  private readonly names = new Map<string, number>();
  private readonly children = new Map<number, Child>();
  private tasks = 1;
  private links = 0;
  private spaces = 1;
  private folder: RunFolder | undefined;

  constructor(
    private readonly run: Run,
    private readonly words: RunWords,
  ) {}

  handle(member: Member, frame: Frame): void {
    // Who asks may be faster than the thread that tells where to go on from.
    if (this.seq === undefined) this.asked.push(() => this.answer(member, frame));
    else this.answer(member, frame);
  }

  private answer(member: Member, { task, code, body }: Frame): void {
    const reply = (result: SeqResult | ChildResult | NewThreadResult): void => member.process.send(replyFrame(task, ReplyCode.Result, result));
    switch (code as RequestCode) {
      case RequestCode.Seq:
        reply({ seq: this.next() });
        return;
      case RequestCode.NewThread: {
        const number = this.newTask();
        reply({ task: number, name: number < 0 ? "" : this.unique((body as NewThreadBody).name) });
        return;
      }
      case RequestCode.Child:
        reply(this.begin(member, task, body as ChildBody));
        return;
      case RequestCode.ChildEnd:
        this.childEnded(body as ChildEndBody, (seq) => reply({ seq }));
        return;
      default:
        throw new Error("a plain program does not ask for that");
    }
  }

  note(_member: Member, note: Note & { type: "outside" | "child" }): void {
    if (note.type === "child") {
      const child = this.children.get(note.task);
      if (!child) return;
      child.link.born(note.pid, note.leads);
      if (child.link.pipes === null) {
        child.link.letGo();
        this.tellBirth(note.task, child);
        this.tellStart(note.task);
      } else {
        const writer = new TraceWriter();
        writer.meta({ type: "task-update", id: note.task, pid: note.pid });
        this.run.trace(writer.take());
      }
      return;
    }
    this.seq = note.seq;
    this.tasks = note.names.length;
    for (const name of note.names) this.unique(name);
    for (const ask of this.asked.splice(0)) ask();
  }

  private next(): number {
    this.seq = (this.seq ?? 0) + 1;
    return this.seq;
  }

  /** It was not started after all. */
  private takeBack(task: number): void {
    if (task === this.tasks - 1) this.tasks--;
  }

  private newTask(): number {
    return this.tasks < MOST_TASKS ? this.tasks++ : -1;
  }

  private unique(name: string): string {
    const count = (this.names.get(name) ?? 0) + 1;
    this.names.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  }

  // ---- a process's life

  private begin(parent: Member, spawner: number, { name: base, recorded, facts, spawnedAt }: ChildBody): ChildResult {
    const task = this.newTask();
    if (task < 0) return { task, name: "", space: 0, pipes: null, stdout: null, stderr: null };
    const space = this.spaces++;
    this.folder ??= new RunFolder();
    const { path } = this.folder;
    let link!: ChildLink;
    const member = this.run.join(task, (listener) => (link = new ChildLink(path, this.links++, { recorded, ...facts }, listener)));
    const name = link.pipes ? this.unique(base) : this.words.notRecorded(this.unique(base));
    const child: Child = { member, link, parent, begun: false, endSeq: undefined, killed: false, ended: false, waiting: [] };
    this.children.set(task, child);
    this.births.set(task, { name, spawner, space });
    if (link.pipes) {
      // Its own first words may come before its pid is known.
      this.tellBirth(task, child);
      const init = { task, kind: "process", name, parent: spawner, space, copyOf: null, key: "main", spawnedAt, imageBytes: 0, hasCall: false } as const;
      this.run.initialise(member, init, new Uint8Array(0), facts);
    }
    return { task, name, space, pipes: link.pipes, stdout: link.stdout, stderr: link.stderr };
  }

  private readonly births = new Map<number, { readonly name: string; readonly spawner: number; readonly space: number }>();

  private tellBirth(task: number, { link }: Child): void {
    const birth = this.births.get(task);
    if (!birth) return;
    this.births.delete(task);
    const { name, spawner, space } = birth;
    const writer = new TraceWriter();
    writer.meta({ type: "space", id: space, pid: link.pid, copyOf: null });
    writer.meta({ type: "task", id: task, name, kind: "process", pid: link.pid, parent: spawner, space });
    this.run.trace(writer.take());
  }

  /** Of a process that does not tell it itself. */
  private tellStart(task: number): void {
    const writer = new TraceWriter();
    writer.sync(Kind.TaskStart, 0, task, this.run.now(), this.next());
    this.run.trace(writer.take());
  }

  began(task: number): void {
    const child = this.children.get(task);
    if (!child) return;
    child.begun = true;
    child.link.letGo();
  }

  /** It has run without telling anything. */
  unheard(task: number): boolean {
    return this.children.get(task)?.begun === false;
  }

  /** A task has told its end. */
  ended(task: number, seq: number): void {
    const child = this.children.get(task);
    if (child) child.endSeq = seq;
  }

  wasKilled(task: number): boolean {
    return this.children.get(task)?.killed ?? false;
  }

  /** The number of an end that a task could not tell itself. Undefined while the first process counts. */
  endLost(task: number): number | undefined {
    if (this.seq === undefined) return undefined;
    const seq = this.next();
    this.ended(task, seq);
    return seq;
  }

  private childEnded({ task, pid, exitCode, signal, failed, killed }: ChildEndBody, reply: (seq: number) => void): void {
    const child = this.children.get(task);
    if (!child) {
      reply(0);
      return;
    }
    child.killed ||= killed || failed;
    const done = (): void => reply(child.endSeq ?? 0);
    if (failed && this.births.delete(task)) {
      // Nobody has heard of it yet, and nobody will.
      child.member.live.clear();
      this.takeBack(task);
    } else if (this.births.has(task)) {
      child.link.born(pid, false);
      this.tellBirth(task, child);
    }
    if (child.ended || failed) done();
    else child.waiting.push(done);
    child.link.told({ exitCode, signal: signal as NodeJS.Signals | null });
  }

  processEnded(member: Member): void {
    for (const child of this.children.values()) {
      if (child.member === member) {
        child.ended = true;
        for (const done of child.waiting.splice(0)) done();
      }
      // Nobody is left who could tell how it ends.
      if (child.parent === member && !child.ended) {
        child.killed = true;
        child.link.orphaned(this.run.stopped);
      }
    }
  }


  /** The run is over. */
  close(): void {
    for (const { link } of this.children.values()) link.release();
    this.folder?.remove();
  }
}
