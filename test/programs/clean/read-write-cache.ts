// Readers together, the writer alone
import { spawn, shared, ReadWriteLock } from "concurrency-playground";

const cache = shared(new Map<string, number>());
const lock = new ReadWriteLock();
function find(key: string) {
  const known = lock.withRead(() => cache.get(key));
  if (known !== undefined) return known;
  return lock.withWrite(() => { if (!cache.has(key)) cache.set(key, key.length); return cache.get(key)!; });
}
function work() { return find("one") + find("three") + find("one"); }
const tasks = [spawn(work), spawn(work), spawn(work)];
for (const task of tasks) console.log(task.join());
