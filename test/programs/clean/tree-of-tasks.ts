// Each joins its own
import { spawn, sharedMemory, Mutex } from "concurrency-playground";

const count = sharedMemory({ leaves: 0 });
const lock = new Mutex();
function grow(depth: number) {
  if (depth === 0) { lock.withLock(() => { count.leaves++; }); return; }
  const children = [spawn(grow, depth - 1), spawn(grow, depth - 1)];
  for (const child of children) child.join();
}
spawn(grow, 2).join();
console.log(count.leaves);
