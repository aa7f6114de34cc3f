// races: log
import { spawn, shared } from "concurrency-playground";

let log = shared("");
function say(word: string) { log += word; }
const tasks = [spawn(say, "a"), spawn(say, "b")];
for (const task of tasks) task.join();
console.log(log);
