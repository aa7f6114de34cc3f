import { Header, TaskState, TaskWord, endTask, taskBlock, type Arena } from "../../sync";
import { EndReason, Kind, TraceWriter } from "../../trace";
import { RequestCode, requestFrame, type Note } from "../../wire";
import { doom } from "./host";
import { PipeSink } from "./sink";

/** For all tasks together that are about to have written their end. One that the system ended writes none. */
const PATIENCE_MS = 500;

/** The first thread of the only process ends: those that still run end with it. */
export function takeDown(arena: Arena, runStart: bigint): void {
  const { words } = arena;
  const count = Math.min(Atomics.load(words, Header.NextTask), words[Header.TaskLimit]!);
  const sink = new PipeSink(words, Header.PipeGuard, 1, undefined);
  const deadline = performance.now() + PATIENCE_MS;
  for (let task = 1; task < count; task++) {
    const state = arena.taskState(task);
    if (state === TaskState.Finished || state === TaskState.Crashed) {
      // Who joined it may be the one that ends the process, before the task has written why it crashed.
      Atomics.wait(words, taskBlock(task) + TaskWord.Told, 0, Math.max(0, deadline - performance.now()));
      continue;
    }
    if (state !== TaskState.Running) continue;
    doom(words, task);
    const seq = endTask(arena, task, TaskState.Killed, -1, 0);
    if (seq === 0) continue;
    const writer = new TraceWriter(task);
    writer.sync(Kind.TaskEnd, 0, task, Number(process.hrtime.bigint() - runStart), seq, EndReason.Killed, -1);
    sink.write(writer.take());
    const note: Note = { type: "ended", task, state: TaskState.Killed, seq };
    sink.write(requestFrame(task, RequestCode.Note, note));
  }
}
