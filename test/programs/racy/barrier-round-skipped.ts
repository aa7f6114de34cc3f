// races: cells. Written in the first round, read in the same one
import { spawn, shared, Barrier } from "concurrency-playground";

const cells = shared([0, 0]);
const meet = new Barrier(2);
function one() { meet.wait(); cells[0] = 1; meet.wait(); }
function two() { meet.wait(); console.log(cells[0]); meet.wait(); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();
