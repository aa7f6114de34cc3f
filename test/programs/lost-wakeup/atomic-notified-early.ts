// finds: bell. Nothing is stored that would tell who comes later
import { spawn, Atomic, Latch } from "concurrency-playground";

const bell = new Atomic(0);
const rung = new Latch(1);
function sleeper() { rung.wait(); bell.wait(0); }
function ringer() { bell.notify(); rung.countDown(); }
const tasks = [spawn(sleeper), spawn(ringer)];
for (const task of tasks) task.join();
