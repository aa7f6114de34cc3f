import { ACCESS_BYTES, Kind } from "../../trace";
import type { ChunkWriter } from "./chunk-writer";
import { ADDRESS, COUNT, VALUE, WORD0, type RepeatFilter } from "./repeat-filter";

/** Accesses under one record. */
const GROUP = 1024;

/** Records the last of each access that the table has left out, with the number of those before it (Kind.Repeats). */
export function writeRepeats(filter: RepeatFilter, out: ChunkWriter): void {
  const entries = filter.flush();
  const { table, values } = filter;
  for (let from = 0; from < entries.length; ) {
    const count = table[entries[from]! + COUNT]!;
    let to = from + 1;
    while (to < entries.length && to - from < GROUP && table[entries[to]! + COUNT] === count) to++;
    out.room((to - from + 1) * ACCESS_BYTES);
    if (count > 1) {
      out.small(Kind.Repeats, to - from, count - 1);
      out.repeats += (count - 1) * (to - from);
    }
    const { words, doubles } = out;
    out.accesses += to - from;
    let { at } = out;
    for (; from < to; from++, at += ACCESS_BYTES >> 2) {
      const entry = entries[from]!;
      words[at] = table[entry + WORD0]!;
      words[at + 1] = table[entry + ADDRESS]!;
      doubles[(at >> 1) + 1] = values[(entry >> 1) + VALUE]!;
      table[entry + COUNT] = 0;
    }
    out.at = at;
    out.untimed = true;
  }
}
