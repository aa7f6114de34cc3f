// races: tree. One branch is replaced while its leaf is read; the other branch is nobody's business
import { spawn, shared } from "concurrency-playground";

const tree = shared({ left: { value: 1 }, right: { value: 2 } });
function replaces() { tree.left = { value: 10 }; tree.right.value = 20; }
function reads() { console.log(tree.left.value); }
const tasks = [spawn(replaces), spawn(reads)];
for (const task of tasks) task.join();
