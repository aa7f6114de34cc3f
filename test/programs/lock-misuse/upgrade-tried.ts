// finds: table. Inside withRead a try for writing always fails
import { spawn, ReadWriteLock } from "concurrency-playground";

const table = new ReadWriteLock();
function work() { return table.withRead(() => table.tryLockWrite()); }
console.log(spawn(work).join());
