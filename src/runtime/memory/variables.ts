import type { Creation } from "../context";
import type { Region } from "./core";
import { hashOf } from "./heap";
import { DIRECTORY, DIRECTORY_BUCKETS, VARIABLES, VARIABLE_BYTES, V_BUCKET_NEXT, V_IDENTITY, V_NAME, V_NEXT, V_READY } from "./layout";
import type { Words } from "./words";

const READY = 1;
const FAILED = 2;
/** A variable whose maker has not finished by then was left by a task that was ended. */
const ABANDONED_MS = 5000;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** The named variables of a memory: found by identity, so that each declaration makes one in all tasks that evaluate it. */
export class Variables {
  /** The record of a creation's variable. `make` is called with a fresh record in the one task that gets there first. */
  declare(region: Region, creation: Creation, make: (record: number) => void): number {
    const { words, heap } = region;
    const name = heap.key(creation.name ?? "shared");
    if (creation.identity === undefined) {
      const record = this.record(region, name, 0);
      make(record);
      this.list(words, record);
      return record;
    }
    const identity = heap.key(creation.identity);
    const bucket = DIRECTORY + (hashOf(creation.identity) % DIRECTORY_BUCKETS) * 4;
    let found = this.search(words, bucket, identity);
    if (found === 0) {
      const record = this.record(region, name, identity);
      words.lock();
      found = this.search(words, bucket, identity);
      if (found === 0) {
        words.store(record + V_BUCKET_NEXT, words.load(bucket));
        words.store(bucket, record);
      }
      words.unlock();
      if (found === 0) return this.build(words, record, make);
    }
    return this.await(words, found, make);
  }

  /** The variable that a declaration made, 0 if no task has evaluated it here. */
  find(region: Region, identity: string): number {
    return this.search(region.words, DIRECTORY + (hashOf(identity) % DIRECTORY_BUCKETS) * 4, region.heap.key(identity));
  }

  private record(region: Region, name: number, identity: number): number {
    const record = region.heap.allocate(VARIABLE_BYTES);
    region.words.store(record + V_NAME, name);
    region.words.store(record + V_IDENTITY, identity);
    return record;
  }

  private build(words: Words, record: number, make: (record: number) => void): number {
    try {
      make(record);
      this.list(words, record);
      words.store(record + V_READY, READY);
      return record;
    } catch (error) {
      words.store(record + V_READY, FAILED);
      throw error;
    }
  }

  private await(words: Words, record: number, make: (record: number) => void): number {
    const since = performance.now();
    for (;;) {
      const state = words.load(record + V_READY);
      if (state === READY) return record;
      if (state === FAILED ? words.compareExchange(record + V_READY, FAILED, 0) === FAILED : performance.now() - since > ABANDONED_MS) {
        return this.build(words, record, make);
      }
      Atomics.wait(pause, 0, 0, 1);
    }
  }

  private search(words: Words, bucket: number, identity: number): number {
    let at = words.load(bucket);
    while (at !== 0 && words.load(at + V_IDENTITY) !== identity) at = words.load(at + V_BUCKET_NEXT);
    return at;
  }

  private list(words: Words, record: number): void {
    for (;;) {
      const first = words.load(VARIABLES);
      words.store(record + V_NEXT, first);
      if (words.compareExchange(VARIABLES, first, record) === first) return;
    }
  }

  /** All variables, oldest first. */
  all(region: Region): number[] {
    const records: number[] = [];
    for (let at = region.words.load(VARIABLES); at !== 0; at = region.words.load(at + V_NEXT)) records.push(at);
    return records.reverse();
  }
}
