// Each writes the value of its own key, and no key is new
import { spawn, shared } from "concurrency-playground";

const scores = shared(new Map([["Ada", 0], ["Bob", 0]]));
function work(name: string) { for (let i = 0; i < 10; i++) scores.set(name, scores.get(name)! + 1); }
const tasks = [spawn(work, "Ada"), spawn(work, "Bob")];
for (const task of tasks) task.join();
console.log(scores.get("Ada")! + scores.get("Bob")!);
