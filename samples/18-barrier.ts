// Three painters paint three floors. Nobody begins a floor before all have finished the one below.
// Look at the barrier's marks: each painter waits there for the slowest, and all go on at the same moment.
// The last to arrive waits for nobody; wait() tells it so by the number of its arrival.
import { spawn, sleep, sharedMemory, Atomic, Barrier } from "concurrency-playground";

const PAINTERS = 3;
const FLOORS = 3;
const floorDone = new Barrier(PAINTERS);
const painted = new Atomic(0);
const tooEarly = sharedMemory([0, 0, 0]);

function painter(n: number) {
  for (let floor = 0; floor < FLOORS; floor++) {
    if (painted.load() < floor * PAINTERS) tooEarly[n]!++;
    sleep(10 * (n + 1));
    painted.add(1);
    const arrival = floorDone.wait();
    if (arrival === PAINTERS - 1) console.log(`Painter ${n} was the last on floor ${floor}`);
  }
}

const tasks = [spawn(painter, 0), spawn(painter, 1), spawn(painter, 2)];
for (const task of tasks) task.join();
console.log(`Painted ${painted.load()} walls, began too early ${tooEarly.reduce((sum, n) => sum + n, 0)} times`);
