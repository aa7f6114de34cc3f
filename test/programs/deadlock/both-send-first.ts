// waits: toA, toB. With capacity 0 a send ends when it is received
import { spawn, MessageQueue } from "concurrency-playground";

const toA = new MessageQueue<number>(0);
const toB = new MessageQueue<number>(0);
function one() { toB.send(1); toA.receive(); }
function two() { toA.send(2); toB.receive(); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();
