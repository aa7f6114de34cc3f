// Two orders of two locks; the join lies between
import { spawn, Mutex } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
function leftFirst() { left.withLock(() => right.withLock(() => {})); }
function rightFirst() { right.withLock(() => left.withLock(() => {})); }
spawn(leftFirst).join();
spawn(rightFirst).join();
