// finds: light. Green was on, but is over when the other looks
import { spawn, Atomic, Latch } from "concurrency-playground";

const light = new Atomic(0);
const over = new Latch(1);
function driver() {
  over.wait();
  light.wait(0);
}
function signal() {
  light.store(1);
  light.notify();
  light.store(0);
  over.countDown();
}
const tasks = [spawn(driver), spawn(signal)];
for (const task of tasks) task.join();
