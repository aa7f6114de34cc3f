// waits: opened
import { spawn, Latch } from "concurrency-playground";

const opened = new Latch(2);
function work() { opened.countDown(); }
spawn(work);
opened.wait();
