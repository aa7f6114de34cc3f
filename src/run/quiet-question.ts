import { ReplyCode, replyFrame, type Note, type QuietBody } from "../wire";
import type { ProcessLine } from "./task-process";

/** What the processes of a run say when nothing has been heard of it for long. */
export interface Silence {
  /** Whether the task lives and is known not to wait (but perhaps for a value in memory). */
  readonly awake: (task: number) => boolean;
  /** A thread has something to do and may only not have had its turn. False where the operating system does not tell. */
  readonly running: boolean;
}

interface Asked {
  readonly rootTask: number;
  readonly process: ProcessLine;
}

/** Asks all processes of a run; their answers come behind whatever they had told before. */
export class QuietQuestion<Member extends Asked> {
  private number = 0;
  private readonly open = new Set<Member>();
  private readonly awake = new Set<number>();
  private running = false;
  private told: ((silence: Silence) => void) | undefined;

  /** `told` is called when all have answered; never if one of them does not, or when this is asked again before. */
  ask(members: Iterable<Member>, told: (silence: Silence) => void): void {
    this.number++;
    this.open.clear();
    this.awake.clear();
    this.running = false;
    this.told = told;
    const body: QuietBody = { question: this.number };
    for (const member of members) {
      this.open.add(member);
      member.process.send(replyFrame(member.rootTask, ReplyCode.AskQuiet, body));
    }
  }

  answer(member: Member, { question, awake, running }: Note & { readonly type: "quiet" }): void {
    if (question !== this.number) return;
    for (const task of awake) this.awake.add(task);
    this.running ||= running;
    this.gone(member);
  }

  /** The process has no more to say. */
  gone(member: Member): void {
    if (!this.open.delete(member) || this.open.size > 0) return;
    const { told } = this;
    this.told = undefined;
    const awake = new Set(this.awake);
    told?.({ awake: (task) => awake.has(task), running: this.running });
  }
}
