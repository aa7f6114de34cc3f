// waits: pipe
import { spawn, Pipe } from "concurrency-playground";

const pipe = new Pipe();
function work() { return pipe.readLine(); }
spawn(work).join();
