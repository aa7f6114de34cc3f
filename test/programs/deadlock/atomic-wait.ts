// waits: state
import { spawn, Atomic } from "concurrency-playground";

const state = new Atomic(0);
function work() { state.wait(0); }
spawn(work).join();
