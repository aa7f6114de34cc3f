// Three stages; the last sees what the first wrote
import { spawn, shared, MessageQueue } from "concurrency-playground";

const log = shared([0, 0, 0]);
const first = new MessageQueue<number>(1);
const second = new MessageQueue<number>(1);
function read() { for (let i = 0; i < 3; i++) { log[i] = i + 1; first.send(i); } first.close(); }
function double() { for (const i of first) { log[i]! *= 2; second.send(i); } second.close(); }
const tasks = [spawn(read), spawn(double)];
let sum = 0;
for (const i of second) sum += log[i]!;
for (const task of tasks) task.join();
console.log(sum);
