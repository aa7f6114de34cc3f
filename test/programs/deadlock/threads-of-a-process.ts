// waits: a, b. Inside a child process; main waits for it
import { Mutex, Barrier, Thread, Process } from "concurrency-playground";

const a = new Mutex();
const b = new Mutex();
const both = new Barrier(2);
function one() { a.lock(); both.wait(); b.lock(); }
function two() { b.lock(); both.wait(); a.lock(); }
function team() { const members = [Thread.spawn(one), Thread.spawn(two)]; for (const member of members) member.join(); }
Process.spawn(team).join();
