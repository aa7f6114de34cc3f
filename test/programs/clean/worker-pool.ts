// Several consumers of one queue, results by another
import { spawn, MessageQueue } from "concurrency-playground";

const jobs = new MessageQueue<number>();
const results = new MessageQueue<number>();
function work() { for (const job of jobs) results.send(job * job); }
const tasks = [spawn(work), spawn(work), spawn(work)];
for (let i = 0; i < 9; i++) jobs.send(i);
jobs.close();
for (const task of tasks) task.join();
let sum = 0;
for (let i = 0; i < 9; i++) sum += results.receive();
console.log(sum);
