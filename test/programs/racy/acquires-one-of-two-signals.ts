// races: parts. One of two signals was waited for
import { spawn, shared, Semaphore } from "concurrency-playground";

const parts = shared([0, 0]);
const ready = new Semaphore(0);
function send(me: number) { parts[me] = me + 1; ready.release(); }
function gather() { ready.acquire(1); console.log(parts[0]! + parts[1]!); }
const tasks = [spawn(send, 0), spawn(send, 1), spawn(gather)];
for (const task of tasks) task.join();
