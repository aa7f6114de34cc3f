// waits: lock
import { spawn, Mutex } from "concurrency-playground";

const lock = new Mutex();
lock.lock();
lock.lock();
spawn(function never() {});
