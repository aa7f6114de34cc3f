// finds: seats. The second look would have told
import { spawn, Atomic, Barrier } from "concurrency-playground";

const seats = new Atomic(1);
const meet = new Barrier(2);
function take() {
  const free = seats.load() > 0;
  meet.wait();
  if (free) seats.sub(1);
}
const tasks = [spawn(take), spawn(take)];
for (const task of tasks) task.join();
