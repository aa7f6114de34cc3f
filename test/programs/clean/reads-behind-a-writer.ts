// Reader, writer, reader: the writer between the two orders them
import { spawn, sharedMemory, ReadWriteLock } from "concurrency-playground";

let seen = sharedMemory(0);
let turn = sharedMemory(0);
const table = new ReadWriteLock();
function first() { table.withRead(() => {}); seen = 7; table.withWrite(() => { turn = 1; }); }
function second() {
  for (;;) {
    table.lockRead();
    const mine = turn === 1;
    table.unlockRead();
    if (mine) break;
  }
  console.log(seen);
}
const tasks = [spawn(first), spawn(second)];
for (const task of tasks) task.join();
