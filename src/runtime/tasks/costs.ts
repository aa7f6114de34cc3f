import { readFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import type { CostMeta } from "../../trace";

/** What is known of a task that has just begun. It stays all that is known of one that is killed. */
export function costOfCreation(task: number, createdIn: number): CostMeta {
  return { type: "cost", task, createdIn, cpuUser: null, cpuSystem: null, memory: null, voluntarySwitches: null, involuntarySwitches: null };
}

/** What the calling task has used so far. A process is asked as a whole; a thread where the system tells (Linux). */
export function costOf(task: number, createdIn: number | null): CostMeta {
  if (isMainThread) {
    const usage = process.resourceUsage();
    return {
      type: "cost",
      task,
      createdIn,
      cpuUser: usage.userCPUTime * 1000,
      cpuSystem: usage.systemCPUTime * 1000,
      memory: process.memoryUsage.rss(),
      voluntarySwitches: usage.voluntaryContextSwitches,
      involuntarySwitches: usage.involuntaryContextSwitches,
    };
  }
  const status = ofThread("status");
  const switches = (word: string): number | null => {
    const at = status?.indexOf(`\n${word}:`) ?? -1;
    return at < 0 ? null : Number.parseInt(status!.slice(at + word.length + 2), 10);
  };
  const running = ofThread("schedstat");
  return {
    type: "cost",
    task,
    createdIn,
    cpuUser: running === undefined ? null : Number(running.split(" ")[0]),
    cpuSystem: null,
    memory: process.memoryUsage().heapTotal,
    voluntarySwitches: switches("voluntary_ctxt_switches"),
    involuntarySwitches: switches("nonvoluntary_ctxt_switches"),
  };
}

function ofThread(name: string): string | undefined {
  try {
    return readFileSync(`/proc/thread-self/${name}`, "utf8");
  } catch {
    // Only Linux has it.
    return undefined;
  }
}
