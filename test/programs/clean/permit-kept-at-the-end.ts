// A permit may be taken by one and given back by another
import { spawn, Semaphore } from "concurrency-playground";

const seats = new Semaphore(2);
function sits() { seats.acquire(); }
const tasks = [spawn(sits), spawn(sits)];
for (const task of tasks) task.join();
seats.release(2);
