import { receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import { TaskWord, taskBlock } from "../../sync";
import type { BufferExchange } from "../context";
import type { HostRequest } from "./host-messages";

/** The buffers of typed arrays in shared(), which the threads of a process get from their host. */
export class HostBuffers implements BufferExchange {
  private readonly own = new Map<number, SharedArrayBuffer>();
  private readonly word: number;

  constructor(
    private readonly port: MessagePort,
    private readonly words: Int32Array,
    task: number,
  ) {
    this.word = taskBlock(task) + TaskWord.Fetched;
  }

  publish(id: number, buffer: SharedArrayBuffer): void {
    this.own.set(id, buffer);
    const request: HostRequest = { type: "publish", id, buffer };
    this.port.postMessage(request);
  }

  fetch(id: number): SharedArrayBuffer {
    const known = this.own.get(id);
    if (known) return known;
    Atomics.store(this.words, this.word, 0);
    const request: HostRequest = { type: "fetch", id };
    this.port.postMessage(request);
    Atomics.wait(this.words, this.word, 0);
    const answer = receiveMessageOnPort(this.port) as { message: SharedArrayBuffer } | undefined;
    if (!answer) throw new Error(`the host has not sent buffer ${id}`);
    this.own.set(id, answer.message);
    return answer.message;
  }
}

/** In a process of one thread. */
export class OwnBuffers implements BufferExchange {
  private readonly own = new Map<number, SharedArrayBuffer>();

  publish(id: number, buffer: SharedArrayBuffer): void {
    this.own.set(id, buffer);
  }

  fetch(id: number): SharedArrayBuffer {
    const buffer = this.own.get(id);
    if (!buffer) throw new Error(`no buffer ${id}`);
    return buffer;
  }
}
