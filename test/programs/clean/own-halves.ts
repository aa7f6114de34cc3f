// Two types of view, bytes of one's own
import { spawn, shared } from "concurrency-playground";

const memory = shared(new Uint16Array(8));
function left() { new Uint32Array(memory.buffer, 0, 2).fill(7); }
function right() { new Uint8Array(memory.buffer, 8, 8).fill(9); }
const tasks = [spawn(left), spawn(right)];
for (const task of tasks) task.join();
console.log(memory);
