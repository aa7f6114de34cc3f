// waits: forks[0], forks[1], forks[2]
import { spawn, Mutex, Barrier } from "concurrency-playground";

const forks = [new Mutex(), new Mutex(), new Mutex()];
const seated = new Barrier(3);
function dine(me: number) { forks[me]!.lock(); seated.wait(); forks[(me + 1) % 3]!.lock(); }
const tasks = [0, 1, 2].map((me) => spawn(dine, me));
for (const task of tasks) task.join();
