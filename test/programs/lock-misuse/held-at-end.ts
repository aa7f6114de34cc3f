// finds: lock
import { spawn, Mutex } from "concurrency-playground";

const lock = new Mutex();
function forget() { lock.lock(); }
spawn(forget).join();
