// races: pixels. A method writes many elements
import { spawn, shared } from "concurrency-playground";

const pixels = shared(new Float32Array(8));
function fill() { pixels.fill(1, 2, 6); }
function sum() { return pixels.reduce((total, x) => total + x, 0); }
const tasks = [spawn(fill), spawn(sum)];
for (const task of tasks) task.join();
