// finds: state. One Atomic for two things, and one notify: it wakes who waits for the other thing
import { spawn, sleep, Atomic } from "concurrency-playground";

const state = new Atomic(0);
const waiting = new Atomic(0);
function wantsTwo() { waiting.add(1); while (state.load() !== 2) state.wait(state.load()); }
function wantsOne() { while (waiting.load() < 1) sleep(1); sleep(30); waiting.add(1); state.wait(0); }
function sets() {
  while (waiting.load() < 2) sleep(1);
  sleep(60);
  state.store(1);
  state.notify(1);
}
const tasks = [spawn(wantsTwo), spawn(wantsOne), spawn(sets)];
for (const task of tasks) task.join();
