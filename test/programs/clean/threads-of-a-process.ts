// Threads inside a process, with their lock
import { shared, Mutex, Thread, Process } from "concurrency-playground";

let n = shared(0);
const lock = new Mutex();
function add() { for (let i = 0; i < 5; i++) lock.withLock(() => { n++; }); }
function team() { const members = [Thread.spawn(add), Thread.spawn(add)]; for (const member of members) member.join(); return n; }
console.log(Process.spawn(team).join(), n);
