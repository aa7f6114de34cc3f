// Async functions, and a timer after the join
import { spawn, shared } from "concurrency-playground";

let n = shared(0);
async function work() { await new Promise((done) => setTimeout(done, 10)); n++; return n; }
const first = spawn(work).join();
const second = await Promise.resolve(spawn(work).join());
setTimeout(() => console.log(first, second, n), 5);
