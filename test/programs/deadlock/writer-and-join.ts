// waits: table. Main joins in its critical section
import { spawn, ReadWriteLock } from "concurrency-playground";

const table = new ReadWriteLock();
function reads() { table.withRead(() => {}); }
table.withWrite(() => spawn(reads).join());
