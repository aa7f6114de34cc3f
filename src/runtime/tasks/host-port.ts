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

/** The host's side of it. */
export function answer(port: MessagePort, words: Int32Array, task: number, message: unknown): void {
  port.postMessage(message);
  const word = taskBlock(task) + TaskWord.Posted;
  Atomics.add(words, word, 1);
  Atomics.notify(words, word);
}
