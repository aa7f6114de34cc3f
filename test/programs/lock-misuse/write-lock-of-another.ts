// finds: table. Dies: yes
import { spawn, ReadWriteLock } from "concurrency-playground";

const table = new ReadWriteLock();
function work() { table.unlockWrite(); }
table.lockWrite();
try { spawn(work).join(); } catch { /* it crashed */ }
table.unlockWrite();
