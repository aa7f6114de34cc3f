// Read-copy-update: a new version is written aside, then its number is stored; old versions stay as they are
import { spawn, shared, Atomic } from "concurrency-playground";

const versions = shared([[0, 0], [0, 0], [0, 0], [0, 0]]);
const current = new Atomic(0);
function write() {
  for (let next = 1; next < 4; next++) {
    const fresh = versions[next]!;
    fresh[0] = next;
    fresh[1] = next;
    current.store(next);
  }
}
function read() {
  for (let i = 0; i < 5; i++) {
    const seen = versions[current.load()]!;
    if (seen[0] !== seen[1]) console.log("torn");
  }
}
const tasks = [spawn(write), spawn(read), spawn(read)];
for (const task of tasks) task.join();
