// Whether one is in a set is no matter of the others; nor is the value of one key
import { spawn, shared } from "concurrency-playground";

const seen = shared(new Set<string>(["a"]));
const ages = shared(new Map<string, number>([["a", 1]]));
function adds() { seen.add("b"); ages.set("b", 2); }
function looks() { console.log(seen.has("a"), seen.has("c"), ages.get("a"), ages.get("c")); }
const tasks = [spawn(adds), spawn(looks)];
for (const task of tasks) task.join();
