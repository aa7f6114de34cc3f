// Elements within the bounds are no matter of the length, and push none of the first element
import { spawn, shared } from "concurrency-playground";

const list = shared([1, 2, 3]);
const other = shared([1]);
function writes() { list[1] = 20; other.push(5); }
function reads() { console.log(list.length, list[0], other[0]); }
const tasks = [spawn(writes), spawn(reads)];
for (const task of tasks) task.join();
