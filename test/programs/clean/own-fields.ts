import { spawn, shared } from "concurrency-playground";

const state = shared({ left: 0, right: { inner: 0 } });
function left() { state.left++; }
function right() { state.right.inner++; }
const tasks = [spawn(left), spawn(right)];
for (const task of tasks) task.join();
