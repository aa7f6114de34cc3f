// finds: seats. Looked at as a reader, taken as a writer: between the two another has taken the last one
import { spawn, sharedMemory, ReadWriteLock, Latch } from "concurrency-playground";

const data = new ReadWriteLock();
let seats = sharedMemory(1);
const looked = new Latch(2);
function book() {
  let free = false;
  data.withRead(() => { if (seats > 0) free = true; });
  looked.countDown();
  looked.wait();
  if (free) data.withWrite(() => { seats -= 1; });
}
const tasks = [spawn(book), spawn(book)];
for (const task of tasks) task.join();
