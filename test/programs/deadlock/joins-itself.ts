// A task that waits for its own end
import { spawn, self } from "concurrency-playground";

function work() { self().join(); }
spawn(work).join();
