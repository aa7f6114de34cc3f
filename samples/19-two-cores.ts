// Counting primes alone, by two tasks, and by two tasks of which only one may work at a time.
// Look at the lanes: in the second part both run at once, in the third they take turns at `turn`.
// Two cores help only with work that can really be done side by side; a lock around all of it takes the gain away.
import { spawn, Mutex, Semaphore } from "concurrency-playground";

const LIMIT = 150_000;
const PIECES = 6;
const turn = new Mutex();
const ready = new Semaphore(0);
const start = new Semaphore(0);

function primes(from: number, to: number): number {
  let count = 0;
  for (let n = Math.max(2, from); n < to; n++) {
    let prime = true;
    for (let d = 2; d * d <= n && prime; d++) prime = n % d !== 0;
    if (prime) count++;
  }
  return count;
}

function part(first: number, locked: boolean): number {
  ready.release();
  start.acquire();
  let count = 0;
  for (let piece = first; piece < PIECES; piece += 2) {
    if (locked) turn.lock();
    count += primes((piece * LIMIT) / PIECES, ((piece + 1) * LIMIT) / PIECES);
    if (locked) turn.unlock();
  }
  return count;
}

function tell(name: string, count: number, began: number) {
  console.log(`${name}: ${count} primes in ${(performance.now() - began).toFixed(0)} ms`);
}

function together(name: string, locked: boolean) {
  const tasks = [spawn(part, 0, locked), spawn(part, 1, locked)];
  ready.acquire(2); // what it takes to create them is not counted
  const began = performance.now();
  start.release(2);
  tell(name, tasks.reduce((sum, task) => sum + task.join(), 0), began);
}

const began = performance.now();
tell("Alone", primes(0, LIMIT), began);
together("Two tasks", false);
together("Two tasks in turn", true);
