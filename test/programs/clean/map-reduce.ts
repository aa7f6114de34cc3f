// Parts of an array, results by join
import { spawn, shared } from "concurrency-playground";

const numbers = shared(Int32Array.from({ length: 40 }, (_, i) => i));
function sum(from: number, to: number) { let total = 0; for (let i = from; i < to; i++) total += numbers[i]!; return total; }
const tasks = [0, 10, 20, 30].map((from) => spawn(sum, from, from + 10));
console.log(tasks.reduce((total, task) => total + task.join(), 0));
