// races: grid. One of three does not come to the barrier
import { spawn, shared, Barrier } from "concurrency-playground";

const grid = shared([0, 0]);
const meet = new Barrier(2);
function write(me: number) { grid[me] = me + 1; meet.wait(); }
function sum() { return grid[0]! + grid[1]!; }
const tasks = [spawn(write, 0), spawn(write, 1), spawn(sum)];
for (const task of tasks) task.join();
