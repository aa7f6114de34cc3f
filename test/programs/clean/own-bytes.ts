// Neighbours in one word
import { spawn, shared } from "concurrency-playground";

const bytes = shared(new Uint8Array(4));
function work(me: number) { for (let i = 0; i < 20; i++) bytes[me]!++; }
const tasks = [0, 1, 2, 3].map((me) => spawn(work, me));
for (const task of tasks) task.join();
console.log(bytes);
