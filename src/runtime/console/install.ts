import { Console } from "node:console";
import { StringDecoder } from "node:string_decoder";
import type { InstallConsole } from "./types";

type Stream = "stdout" | "stderr";
type Done = (error?: Error | null) => void;

/** Methods that print; `console.Console` itself and the inspector's methods stay Node's. */
const PRINTING = [
  "log",
  "info",
  "debug",
  "warn",
  "error",
  "trace",
  "dir",
  "dirxml",
  "table",
  "group",
  "groupCollapsed",
  "groupEnd",
  "assert",
  "count",
  "countReset",
  "time",
  "timeEnd",
  "timeLog",
] as const;

/**
 * From now on what this thread prints becomes part of the trace; nothing else is printed. Node's own Console formats, so
 * that everything looks as it does there.
 */
export const installConsole: InstallConsole = (output) => {
  const write = writer(output);
  const sink = (stream: Stream): NodeJS.WritableStream =>
    ({ write: (text: string) => (write(stream, text), true) }) as unknown as NodeJS.WritableStream;
  const own = new Console({ stdout: sink("stdout"), stderr: sink("stderr"), ignoreErrors: false });
  for (const name of PRINTING) console[name] = own[name].bind(own) as never;
  redirectLater("stdout", write);
  redirectLater("stderr", write);
};

/** Node makes its streams when they are first asked for, which takes a good part of what a process's beginning takes. */
function redirectLater(stream: Stream, write: (stream: Stream, text: string) => void): void {
  const own = Object.getOwnPropertyDescriptor(process, stream);
  if (!own?.get) {
    redirect(process[stream], stream, write);
    return;
  }
  const { get } = own;
  let target: NodeJS.WriteStream | undefined;
  const redirected = (): NodeJS.WriteStream => {
    if (!target) {
      target = Reflect.apply(get, process, []) as NodeJS.WriteStream;
      redirect(target, stream, write);
    }
    return target;
  };
  Object.defineProperty(process, stream, { ...own, get: redirected });
}

/** The same for the streams alone, those of which is said what they are in the run's output: the console prints through them, as it does in Node. */
export function recordStreams(output: Parameters<InstallConsole>[0], which: { readonly stdout: Stream | null; readonly stderr: Stream | null }): void {
  if (which.stdout) redirect(process.stdout, which.stdout, writer(output));
  if (which.stderr) redirect(process.stderr, which.stderr, writer(output));
}

function writer({ recorder, nextSeq }: Parameters<InstallConsole>[0]): (stream: Stream, text: string) => void {
  return (stream, text) => {
    if (text !== "") recorder.output(stream, text, nextSeq());
  };
}

function redirect(target: NodeJS.WriteStream, stream: Stream, write: (stream: Stream, text: string) => void): void {
  // A character may come in two pieces.
  const decoder = new StringDecoder("utf8");
  target.write = (chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean => {
    const callback = typeof encoding === "function" ? encoding : done;
    if (typeof chunk === "string") write(stream, typeof encoding === "string" && !isUtf8(encoding) ? decoder.write(Buffer.from(chunk, encoding)) : chunk);
    else write(stream, decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)));
    if (callback) process.nextTick(callback, null);
    return true;
  };
}

function isUtf8(encoding: BufferEncoding): boolean {
  return encoding === "utf8" || encoding === "utf-8";
}
