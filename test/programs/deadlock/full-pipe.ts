// waits: pipe. Nobody reads
import { spawn, Pipe } from "concurrency-playground";

const pipe = new Pipe();
function work() { for (let i = 0; i < 300; i++) pipe.write(new Uint8Array(1024)); }
spawn(work).join();
