import { isMainThread, workerData } from "node:worker_threads";
if (!isMainThread) Atomics.add(workerData, 0, 3);
export const kind = await Promise.resolve("late");
