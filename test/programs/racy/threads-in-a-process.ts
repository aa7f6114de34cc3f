// races: n. Modes: both. Two threads of one child process
import { shared, Thread, Process } from "concurrency-playground";

let n = shared(0);
function add() { n++; }
function team() { const members = [Thread.spawn(add), Thread.spawn(add)]; for (const member of members) member.join(); }
Process.spawn(team).join();
