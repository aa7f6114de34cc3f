// finds: table
import { spawn, ReadWriteLock } from "concurrency-playground";

const table = new ReadWriteLock();
function forget() { table.lockWrite(); }
spawn(forget).join();
