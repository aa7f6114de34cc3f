import { spawn, shared, Latch } from "concurrency-playground";

const results = shared([0, 0, 0]);
const finished = new Latch(3);
function work(me: number) { results[me] = me * me; finished.countDown(); }
const tasks = [0, 1, 2].map((me) => spawn(work, me));
finished.wait();
console.log(results[0]! + results[1]! + results[2]!);
for (const task of tasks) task.join();
