// races: numbers. Two types of view, the same bytes
import { spawn, shared } from "concurrency-playground";

const numbers = shared(new Int32Array(4));
function word() { numbers[1] = 0x01020304; }
function byte() { return new Uint8Array(numbers.buffer, 4, 4)[2]; }
const tasks = [spawn(word), spawn(byte)];
for (const task of tasks) task.join();
