// Two permits that go to and fro
import { spawn, shared, Semaphore } from "concurrency-playground";

let ball = shared(0);
const ping = new Semaphore(1);
const pong = new Semaphore(0);
function work(mine: Semaphore, other: Semaphore) { for (let i = 0; i < 10; i++) { mine.acquire(); ball++; other.release(); } }
const tasks = [spawn(work, ping, pong), spawn(work, pong, ping)];
for (const task of tasks) task.join();
console.log(ball);
