// waits: toA, toB
import { spawn, MessageQueue } from "concurrency-playground";

const toA = new MessageQueue<number>();
const toB = new MessageQueue<number>();
function a() { toA.receive(); toB.send(1); }
function b() { toB.receive(); toA.send(1); }
const tasks = [spawn(a), spawn(b)];
for (const task of tasks) task.join();
