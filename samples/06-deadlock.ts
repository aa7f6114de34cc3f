// Two bank accounts, a lock each. One task moves money from A to B, the other from B to A.
// Look at the end: each holds one lock and waits for the other's. Nobody can go on; the run is stopped and says why.
// Look at the cycle under Findings. What if both tasks took the locks in the same order?
import { spawn, shared, sleep, Mutex } from "concurrency-playground";

const accounts = shared({ a: 100, b: 100 });
const lockA = new Mutex();
const lockB = new Mutex();

function fromAToB() {
  lockA.lock();
  sleep(200); // time enough for the other to take its first lock
  lockB.lock();
  accounts.a -= 10;
  accounts.b += 10;
  lockB.unlock();
  lockA.unlock();
}

function fromBToA() {
  lockB.lock();
  sleep(200);
  lockA.lock();
  accounts.b -= 20;
  accounts.a += 20;
  lockA.unlock();
  lockB.unlock();
}

const tasks = [spawn(fromAToB), spawn(fromBToA)];
for (const task of tasks) task.join();
console.log(`a has ${accounts.a}, b has ${accounts.b}`);
