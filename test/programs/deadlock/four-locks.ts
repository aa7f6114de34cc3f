// waits: locks[0], locks[1], locks[2], locks[3]
import { spawn, Mutex, Barrier } from "concurrency-playground";

const locks = [new Mutex(), new Mutex(), new Mutex(), new Mutex()];
const seated = new Barrier(4);
function work(me: number) { locks[me]!.lock(); seated.wait(); locks[(me + 1) % 4]!.lock(); }
const tasks = [0, 1, 2, 3].map((me) => spawn(work, me));
for (const task of tasks) task.join();
