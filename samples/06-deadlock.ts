// Two bank accounts, a lock each. One task moves money from A to B, the other from B to A.
// Look at the end: each holds one lock and waits for the other's. Nobody can go on; the run is stopped and says why.
// Look at the cycle under Findings. Then let both tasks take lockA first, then lockB, and run again: what has changed?
import { spawn, shared, Latch, Mutex } from "concurrency-playground";

const accounts = shared({ a: 100, b: 100 });
const lockA = new Mutex();
const lockB = new Mutex();
const bothHaveOne = new Latch(2);

/** Gives the other task up to a second to take its first lock, too. Without it the deadlock would be there only now and then. */
function letTheOtherBegin() {
  bothHaveOne.countDown();
  bothHaveOne.wait(1000);
}

function fromAToB() {
  lockA.lock();
  letTheOtherBegin();
  lockB.lock();
  accounts.a -= 10;
  accounts.b += 10;
  lockB.unlock();
  lockA.unlock();
}

function fromBToA() {
  lockB.lock();
  letTheOtherBegin();
  lockA.lock();
  accounts.b -= 20;
  accounts.a += 20;
  lockA.unlock();
  lockB.unlock();
}

const tasks = [spawn(fromAToB), spawn(fromBToA)];
for (const task of tasks) task.join();
console.log(`a has ${accounts.a}, b has ${accounts.b}`);
