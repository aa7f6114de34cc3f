import { CHUNK_HEADER_BYTES, CHUNK_MAGIC, MAX_CHUNK_BYTES } from "../trace";
import type { LateChunks } from "./late-chunks";
import { SPOOL_FRAME_BYTES, SPOOL_MAGIC } from "./spool";

/**
 * What goes through the pipes between a task's process and its supervisor. Chunks of the trace and requests share one
 * pipe and the shape of their header: magic, task, bytes that follow, and a number (requests and replies: their code).
 */
export const FRAME_HEADER_BYTES = CHUNK_HEADER_BYTES;
/** "CPRQ" */
const REQUEST_MAGIC = 0x51525043;
/** "CPRP" */
const REPLY_MAGIC = 0x50525043;
/** A message or an image of a space may be large; more than this is corrupt. */
const MAX_FRAME_BYTES = 0x7000_0000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function frame(magic: number, task: number, code: number, body: unknown, bytes: Uint8Array): Uint8Array {
  const json = encoder.encode(JSON.stringify(body));
  const whole = new Uint8Array(FRAME_HEADER_BYTES + 4 + json.length + bytes.length);
  const view = new DataView(whole.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, task, true);
  view.setUint32(8, whole.length - FRAME_HEADER_BYTES, true);
  view.setUint32(12, code, true);
  view.setUint32(16, json.length, true);
  whole.set(json, FRAME_HEADER_BYTES + 4);
  whole.set(bytes, FRAME_HEADER_BYTES + 4 + json.length);
  return whole;
}

const none = new Uint8Array(0);

/** A request, or (code Note) something told without a reply. `body` goes as JSON, `bytes` as they are. */
export function requestFrame(task: number, code: number, body: unknown, bytes: Uint8Array = none): Uint8Array {
  return frame(REQUEST_MAGIC, task, code, body, bytes);
}

export function replyFrame(task: number, code: number, body: unknown, bytes: Uint8Array = none): Uint8Array {
  return frame(REPLY_MAGIC, task, code, body, bytes);
}

export interface Frame {
  readonly task: number;
  readonly code: number;
  /** As JSON gives it; the receiver knows the code's type. */
  readonly body: unknown;
  readonly bytes: Uint8Array;
}

/** The body of a frame whose header has been read. */
export function parseBody(task: number, code: number, payload: Uint8Array): Frame {
  const length = new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
  return {
    task,
    code,
    body: JSON.parse(decoder.decode(payload.subarray(4, 4 + length))),
    bytes: payload.subarray(4 + length),
  };
}

/** Reads the header of a reply: task, length of the payload, code. */
export function replyHeader(header: Uint8Array): { task: number; length: number; code: number } {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.getUint32(0, true) !== REPLY_MAGIC) throw new Error("the supervisor's reply is not sound");
  return { task: view.getUint32(4, true), length: view.getUint32(8, true), code: view.getUint32(12, true) };
}

export interface FrameListener {
  /** One whole chunk; the bytes are the listener's. */
  onChunk(task: number, chunk: Uint8Array): void;
  onFrame(frame: Frame): void;
}

/** Takes the stream of one pipe apart. Reads chunks and requests (a supervisor), or replies (a task). */
export class FrameReader {
  private readonly pieces: Uint8Array[] = [];
  private held = 0;
  /** Bytes that must be there before it is worth looking again. */
  private wanted = FRAME_HEADER_BYTES;

  /** `late`: takes the chunks that do not come through the pipe. */
  constructor(private readonly listener: FrameListener, private readonly late?: LateChunks) {}

  /** Throws if the stream is not sound: whoever writes it has lost its mind. */
  push(bytes: Uint8Array): void {
    this.pieces.push(bytes);
    this.held += bytes.length;
    if (this.held < this.wanted) return;
    const data = this.pieces.length === 1 ? bytes : Buffer.concat(this.pieces, this.held);
    this.pieces.length = 0;
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    let at = 0;
    this.wanted = FRAME_HEADER_BYTES;
    while (data.length - at >= FRAME_HEADER_BYTES) {
      const magic = view.getUint32(at, true);
      const task = view.getUint32(at + 4, true);
      const length = view.getUint32(at + 8, true);
      const isChunk = magic === CHUNK_MAGIC;
      const spooled = magic === SPOOL_MAGIC && this.late !== undefined && length === SPOOL_FRAME_BYTES - FRAME_HEADER_BYTES;
      if (!isChunk && !spooled && magic !== REQUEST_MAGIC && magic !== REPLY_MAGIC) throw new Error("a task's pipe carries what no task writes");
      if (length > (isChunk ? MAX_CHUNK_BYTES : MAX_FRAME_BYTES)) throw new Error("a frame of a task's pipe is too long");
      if (data.length - at - FRAME_HEADER_BYTES < length) {
        this.wanted = FRAME_HEADER_BYTES + length;
        break;
      }
      const end = at + FRAME_HEADER_BYTES + length;
      if (isChunk) this.listener.onChunk(task, data.slice(at, end));
      else if (spooled) this.late!.told(view.getUint32(at + FRAME_HEADER_BYTES, true));
      else this.listener.onFrame(parseBody(task, view.getUint32(at + 12, true), data.slice(at + FRAME_HEADER_BYTES, end)));
      at = end;
    }
    this.held = data.length - at;
    if (this.held > 0) this.pieces.push(at === 0 ? data : data.slice(at));
  }
}
