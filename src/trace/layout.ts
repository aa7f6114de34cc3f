/** Sizes and positions of the binary form. All little-endian. */

/** "CPT1" */
export const CHUNK_MAGIC = 0x31545043;
/** magic, task, payload bytes (a multiple of 16), number of the chunk within its task. */
export const CHUNK_HEADER_BYTES = 16;
/** A longer chunk is corrupt. */
export const MAX_CHUNK_BYTES = 16 * 1024 * 1024;

export const ACCESS_BYTES = 16;
/** Before the rounds' accesses and the values. */
export const SWEEP_HEADER_BYTES = 16;
/** A longer round is corrupt. */
export const MAX_SWEEP_PERIOD = 8;
export const SYNC_BYTES = 64;
export const SHORT_SYNC_BYTES = 32;
export const WORD_ATOMIC_BYTES = 32;
export const BLOB_HEADER_BYTES = 32;
/** A longer blob is corrupt; writers cut longer texts. */
export const MAX_BLOB_BYTES = 8 * 1024 * 1024;

/** Ids and sites beyond these are corrupt. */
export const MAX_SITE = 0xff_ffff;
export const MAX_TASK = 0xffff;

export function blobBytes(byteLength: number): number {
  return BLOB_HEADER_BYTES + ((byteLength + 15) & ~15);
}
