// waits: server
import { spawn, Socket } from "concurrency-playground";

function work() { Socket.accept("server").close(); }
spawn(work).join();
