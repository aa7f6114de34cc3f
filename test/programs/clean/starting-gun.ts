// A latch opens for all; what was written before is seen
import { spawn, shared, Latch } from "concurrency-playground";

let course = shared("");
const gun = new Latch(1);
function work() { gun.wait(); return course.length; }
const tasks = [spawn(work), spawn(work), spawn(work)];
course = "twice around";
gun.countDown();
for (const task of tasks) console.log(task.join());
