import { readSync } from "node:fs";
import { FRAME_HEADER_BYTES, parseBody, replyHeader, type Frame } from "../../wire";
import { endWithoutSupervisor, ownPipes } from "./sink";

const header = new Uint8Array(FRAME_HEADER_BYTES);

function readWhole(into: Uint8Array): void {
  let at = 0;
  while (at < into.length) {
    try {
      const read = readSync(ownPipes().replies, into, at, into.length - at, null);
      if (read === 0) endWithoutSupervisor();
      at += read;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EAGAIN" && code !== "EINTR") endWithoutSupervisor();
    }
  }
}

/** The next frame from the supervisor; blocks until it is there. */
export function readReply(): Frame {
  readWhole(header);
  const { task, length, code } = replyHeader(header);
  const payload = new Uint8Array(length);
  readWhole(payload);
  return parseBody(task, code, payload);
}
