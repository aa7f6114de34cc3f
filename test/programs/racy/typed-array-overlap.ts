// races: pixels. Both sweep over the middle
import { spawn, shared } from "concurrency-playground";

const pixels = shared(new Int32Array(100));
function sweep(from: number, to: number) { for (let i = from; i < to; i++) pixels[i]! += 1; }
const tasks = [spawn(sweep, 0, 60), spawn(sweep, 40, 100)];
for (const task of tasks) task.join();
