// races: n. Modes: both. A process and a thread share the segment only
import { shared, sharedMemory, Thread, Process } from "concurrency-playground";

let n = sharedMemory(0);
let own = shared(0);
function add() { n++; own++; }
const tasks = [Process.spawn(add), Thread.spawn(add)];
for (const task of tasks) task.join();
