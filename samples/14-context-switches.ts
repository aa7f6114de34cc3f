// Look at Costs: `talker` has many voluntary context switches, `thinker` hardly any, though it uses more processor time.
// Each time a task waits, the operating system gives its processor to another: that is a voluntary switch.
// An involuntary one is the system's own decision, because others want the processor too.
import { spawn, Semaphore } from "concurrency-playground";

const ROUNDS = 300;
const ping = new Semaphore(0);
const pong = new Semaphore(0);

function talker() {
  for (let i = 0; i < ROUNDS; i++) {
    ping.release();
    pong.acquire();
  }
}

function listener() {
  for (let i = 0; i < ROUNDS; i++) {
    ping.acquire();
    pong.release();
  }
}

function thinker(): number {
  let sum = 0;
  for (let i = 1; i < 20_000_000; i++) sum += 1 / (i * i);
  return sum;
}

const talk = [spawn(talker), spawn(listener)];
const think = spawn(thinker);
for (const task of talk) task.join();
console.log(`Talked ${ROUNDS} times, thought until ${think.join().toFixed(6)}`);
