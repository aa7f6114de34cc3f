import { readSync } from "node:fs";
import { MessageChannel, Worker, receiveMessageOnPort, type MessagePort } from "node:worker_threads";

/** How often to ask whether who is to connect still lives. */
const ASK_MS = 100;
const SHORT_MS = 0.2;
const HEAP_MB = 16;

/** What the listening thread says: 0, it listens; a descriptor, somebody has connected; a text, it can't. */
type News = number | string;

/**
 * A task blocks in each of its calls, and Node accepts in the event loop only. So a thread of its own listens, and leaves
 * the descriptors of what it accepts to the task.
 */
const SCRIPT = `
const { workerData: { port, count, path } } = require("node:worker_threads");
const sockets = new Map();
const tell = (news) => { port.postMessage(news); Atomics.add(count, 0, 1); Atomics.notify(count, 0); };
require("node:net").createServer({ pauseOnConnect: true }, (socket) => {
  socket.on("error", () => {});
  sockets.set(socket._handle.fd, socket);
  tell(socket._handle.fd);
}).on("error", (error) => tell(error.message)).listen(path, () => tell(0));
port.on("message", (fd) => { sockets.get(fd)?.destroy(); sockets.delete(fd); });
`;

export class Listener {
  /** Counts what it has told. */
  private readonly count = new Int32Array(new SharedArrayBuffer(4));
  private readonly port: MessagePort;
  /** Descriptors of connections that have not yet said which they are. */
  private readonly unknown = new Set<number>();
  private readonly accepted = new Map<number, number>();

  /** When it returns, others can connect at this path. */
  constructor(path: string) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const worker = new Worker(SCRIPT, {
      eval: true,
      workerData: { port: port2, count: this.count, path },
      transferList: [port2],
      env: {},
      execArgv: [],
      trackUnmanagedFds: false,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 1 },
    });
    worker.unref();
    Atomics.wait(this.count, 0, 0);
    this.hear();
  }

  private hear(): void {
    for (let told = receiveMessageOnPort(this.port); told; told = receiveMessageOnPort(this.port)) {
      const news = told.message as News;
      if (typeof news === "string") throw new Error(news);
      if (news > 0) this.unknown.add(news);
    }
  }

  /**
   * Waits for the connection of this number, which its other end is making. Its descriptor; undefined if that end has died before.
   *
   * @param lives whether the other end still does
   */
  accept(connection: number, lives: () => boolean): number | undefined {
    for (let asked = performance.now(), last = false; ; ) {
      const heard = Atomics.load(this.count, 0);
      this.hear();
      this.learn();
      const file = this.accepted.get(connection);
      if (file !== undefined) {
        this.accepted.delete(connection);
        return file;
      }
      if (last) return undefined;
      if (performance.now() - asked >= ASK_MS) {
        last = !lives();
        asked = performance.now();
      } else Atomics.wait(this.count, 0, heard, this.unknown.size > 0 ? SHORT_MS : ASK_MS);
    }
  }

  /** Reads which connections they are: a number, written at once and so there as a whole. */
  private learn(): void {
    for (const file of this.unknown) {
      const number = new Uint32Array(1);
      try {
        if (readSync(file, number) === number.byteLength) this.accepted.set(number[0]!, file);
        else this.close(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EAGAIN") continue;
        this.close(file);
      }
      this.unknown.delete(file);
    }
  }

  close(file: number): void {
    this.port.postMessage(file);
  }
}
