// The same work under a mutex and under a spinlock. Look at Costs: who waits for a mutex sleeps, who waits for a spinlock
// burns processor time. Here the lock is held for 20 ms, so spinning wastes a lot; held for a microsecond, it would win.
// In the timeline both wait alike; under Costs `withSpinLock` has used processor time for its waiting, `withMutex` hardly any.
import { spawn, sleep, Mutex, SpinLock } from "concurrency-playground";

const mutex = new Mutex();
const spin = new SpinLock();
const TIMES = 3;

function withMutex() {
  for (let i = 0; i < TIMES; i++) {
    mutex.lock();
    sleep(20);
    mutex.unlock();
  }
}

function withSpinLock() {
  for (let i = 0; i < TIMES; i++) {
    spin.lock();
    sleep(20);
    spin.unlock();
  }
}

for (const [name, work] of [["mutex", "sleeping"], ["spinlock", "spinning"]] as const) {
  const began = performance.now();
  const tasks = name === "mutex" ? [spawn(withMutex), spawn(withMutex)] : [spawn(withSpinLock), spawn(withSpinLock)];
  for (const task of tasks) task.join();
  console.log(`${name}: waiting means ${work}, took ${(performance.now() - began).toFixed(0)} ms`);
}
console.log("Both kept one task at a time");
