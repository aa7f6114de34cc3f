// races: bytes. Modes: both. One byte of many
import { spawn, sharedMemory } from "concurrency-playground";

const bytes = sharedMemory(new Uint8Array(8));
function work(me: number) { bytes[me] = 1; bytes[7] = me; }
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();
