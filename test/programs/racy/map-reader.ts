// races: prices. Iterating reads what the other sets
import { spawn, shared } from "concurrency-playground";

const prices = shared(new Map([["tea", 2], ["milk", 1]]));
function raise() { prices.set("milk", 3); }
function sum() { let total = 0; for (const price of prices.values()) total += price; return total; }
const tasks = [spawn(raise), spawn(sum)];
for (const task of tasks) task.join();
