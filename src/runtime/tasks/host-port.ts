import { receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import { TaskWord, taskBlock } from "../../sync";
import type { HostRequest } from "./host-messages";

/** A task's line to its process's host: it asks without blocking, and blocks until the answer is there. */
export class HostPort {
  private readonly word: number;

  constructor(
    private readonly port: MessagePort,
    private readonly words: Int32Array,
    task: number,
  ) {
    this.word = taskBlock(task) + TaskWord.Posted;
    // Nothing the program does depends on this port; it must not keep the thread alive.
    port.unref();
  }

  post(request: HostRequest, transfer: readonly MessagePort[] = []): void {
    this.port.postMessage(request, transfer);
  }

  /** The next answer. */
  next(): unknown {
    for (;;) {
      const seen = Atomics.load(this.words, this.word);
      const received = receiveMessageOnPort(this.port) as { message: unknown } | undefined;
      if (received) return received.message;
      Atomics.wait(this.words, this.word, seen);
    }
  }
}

/** The host's side of it: the ways to all tasks of its process. */
export class AnswerPorts {
  private readonly ports = new Map<number, MessagePort>();
  /** For whom there is no port yet: what a thread asks the supervisor can be answered sooner than its port comes here, from the thread that has begun it. */
  private readonly early = new Map<number, unknown[]>();
  private readonly gone = new Set<number>();

  constructor(private readonly words: Int32Array) {}

  add(task: number, port: MessagePort): void {
    this.ports.set(task, port);
    for (const message of this.early.get(task) ?? []) this.answer(task, message);
    this.early.delete(task);
  }

  /** A task that has ended needs no answer. */
  remove(task: number): void {
    this.ports.delete(task);
    this.gone.add(task);
  }

  answer(task: number, message: unknown): void {
    const port = this.ports.get(task);
    if (port) {
      port.postMessage(message);
      const word = taskBlock(task) + TaskWord.Posted;
      Atomics.add(this.words, word, 1);
      Atomics.notify(this.words, word);
    } else if (!this.gone.has(task)) this.early.set(task, [...(this.early.get(task) ?? []), message]);
  }
}
