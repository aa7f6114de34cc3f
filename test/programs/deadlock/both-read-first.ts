// waits: left, right
import { spawn, Pipe } from "concurrency-playground";

const left = new Pipe();
const right = new Pipe();
function one() { left.readLine(); right.write("1\n"); }
function two() { right.readLine(); left.write("2\n"); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();
