// races: state. A copy reads every field
import { spawn, shared } from "concurrency-playground";

const state = shared({ x: 1, y: 2 });
function copy() { return { ...state }; }
function move() { state.y = 3; }
const tasks = [spawn(copy), spawn(move)];
for (const task of tasks) task.join();
