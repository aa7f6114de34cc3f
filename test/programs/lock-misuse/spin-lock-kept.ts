// finds: spin
import { spawn, SpinLock } from "concurrency-playground";

const spin = new SpinLock();
function forget(): number { spin.lock(); return 1; }
spawn(forget).join();
