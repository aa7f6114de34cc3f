// waits: server
import { spawn, Socket } from "concurrency-playground";

function work() { return Socket.accept("server"); }
spawn(work).join();
