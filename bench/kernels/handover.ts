import { Atomic, Condition, Mutex, spawn } from "concurrency-playground";

// Two tasks take turns: at every turn the mutex goes from the one to the other, which waits for it.
const WARM = 500;
const TURNS = 2500;
const mutex = new Mutex();
const turned = new Condition(mutex);
const turn = new Atomic(0);

function play(me: number) {
  let began = 0;
  for (let i = 0; i < TURNS; i++) {
    if (i === WARM) began = performance.now();
    mutex.lock();
    while (turn.load() !== me) turned.wait();
    turn.store(1 - me);
    turned.notify();
    mutex.unlock();
  }
  return (performance.now() - began) / (2 * (TURNS - WARM));
}

const other = spawn(play, 1);
console.log(`BENCH ${play(0)}`);
other.join();
