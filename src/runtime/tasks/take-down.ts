import { Header, TaskState, endTask, type Arena } from "../../sync";
import { EndReason, Kind, TraceWriter } from "../../trace";
import { RequestCode, requestFrame, type Note } from "../../wire";
import { doom } from "./host";
import { PipeSink } from "./sink";

/** The first thread of the only process ends: those that still run end with it. */
export function takeDown(arena: Arena, runStart: bigint): void {
  const { words } = arena;
  const count = Math.min(Atomics.load(words, Header.NextTask), words[Header.TaskLimit]!);
  const sink = new PipeSink(words, Header.PipeGuard, 1, undefined);
  for (let task = 1; task < count; task++) {
    if (arena.taskState(task) !== TaskState.Running) continue;
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
