// finds: table. Unlocked for reading what was locked for writing. Dies: yes
import { spawn, ReadWriteLock } from "concurrency-playground";

const table = new ReadWriteLock();
function work() { table.lockWrite(); table.unlockRead(); }
try { spawn(work).join(); } catch { /* it crashed */ }
