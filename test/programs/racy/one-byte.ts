// races: bytes. The neighbours in the same word are nobody's business
import { spawn, shared } from "concurrency-playground";

const bytes = shared(new Uint8Array(16));
function set(value: number) { bytes[value] = value; bytes[13] = value; }
const tasks = [spawn(set, 11), spawn(set, 12)];
for (const task of tasks) task.join();
