import { BLOB_HEADER_BYTES, CHUNK_HEADER_BYTES, CHUNK_MAGIC, MAX_BLOB_BYTES, blobBytes, type Kind } from "../../trace";

/** Of UTF-16: a unit can take three bytes. */
const LONGEST = Math.floor(MAX_BLOB_BYTES / 3);

/** A text in pieces of which each fits into a blob; no character is cut in two. An empty one is one piece. */
export function textPieces(text: string): string[] {
  if (text.length <= LONGEST) return [text];
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + LONGEST, text.length);
    const last = text.charCodeAt(to - 1);
    if (to < text.length && last >= 0xd800 && last <= 0xdbff) to--;
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}

/** A blob that does not fit into a recorder's buffer: a chunk of its own. `number`: of the chunk within its task. */
export function blobChunk({ task, number }: { readonly task: number; readonly number: number }, kind: Kind, site: number, first: number, second: number, data: Uint8Array): Uint8Array {
  const total = blobBytes(data.length);
  const chunk = new Uint8Array(CHUNK_HEADER_BYTES + total);
  const view = new DataView(chunk.buffer);
  [CHUNK_MAGIC, task, total, number].forEach((word, i) => view.setUint32(i * 4, word, true));
  view.setUint32(CHUNK_HEADER_BYTES, (kind | (site << 8)) >>> 0, true);
  view.setUint32(CHUNK_HEADER_BYTES + 4, data.length, true);
  view.setFloat64(CHUNK_HEADER_BYTES + 8, first, true);
  view.setFloat64(CHUNK_HEADER_BYTES + 16, second, true);
  chunk.set(data, CHUNK_HEADER_BYTES + BLOB_HEADER_BYTES);
  return chunk;
}
