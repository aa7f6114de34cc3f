import type { TaskKind } from "../../trace";
import { Kind } from "../../trace";
import { RequestCode, requestFrame, type EntryCode, type Note, type StreamName } from "../../wire";
import { createApi, registerTravellers } from "../api";
import { bindRuntime } from "../api/runtime";
import { entryFunction, taskInstrumentation, type Call } from "../api/spawn";
import { words } from "../api/words";
import { installConsole, recordStreams } from "../console";
import type { BufferExchange, ChunkSink } from "../context";
import { createInstrumentation, type AtomicOrder, type Instrumentation } from "../instrumentation";
import { installPrototypes } from "../memory/collection-objects";
import { Comparisons } from "../memory/comparisons";
import { installStructuredClone } from "../memory/structured-clone";
import { createMemory, type MemoryContext, type TaskMemory } from "../memory";
import type { Memory, MemoryBacking, MessageTarget } from "../memory/types";
import { SharedBuffers } from "../plain/shared-buffers";
import { createRecorder } from "../recorder";
import type { TaskRecorder } from "../recorder/types";
import { BrokerDriver } from "./broker-driver";
import type { TaskDriver } from "./driver";
import { Life } from "./life";
import { evaluate } from "./modules";
import { installStackTraces } from "./stack";

export interface TaskSetup {
  readonly task: number;
  /** What this task is. */
  readonly kind: TaskKind;
  /** What spawn() makes in this run. */
  readonly spawnKind: TaskKind;
  readonly space: number;
  readonly entry: EntryCode | undefined;
  readonly key: string;
  /** Encoded arguments and captures, empty if there are none; null for the main program and its copies. */
  readonly call: Uint8Array | null;
  /** Of the space that this one is a copy of. */
  readonly image: Uint8Array | undefined;
  readonly sink: ChunkSink;
  readonly runStart: bigint;
  readonly spawnedAt: number;
  readonly backing: MemoryBacking;
  readonly buffers: BufferExchange;
  readonly messageTarget: MessageTarget;
  readonly file: string;
  readonly args: readonly string[];
  readonly driver: (now: () => number, memory: () => Memory) => TaskDriver;
  readonly atomics?: AtomicOrder | undefined;
  /** A task of a plain program, which Node itself runs. */
  readonly plain?: { readonly stdout: StreamName | null; readonly stderr: StreamName | null; readonly guard: { enter(): void; leave(): void } } | undefined;
}

export interface BootedTask {
  readonly life: Life;
  readonly recorder: TaskRecorder;
  readonly memory: TaskMemory;
  readonly driver: TaskDriver;
  readonly instrumentation: Instrumentation;
  /** With `plain`. */
  readonly buffers: SharedBuffers | undefined;
  /** Evaluates the program and calls the task's function. */
  begin(): void;
}

/** Puts together what one task needs. Nothing of the student's has run yet when it returns. */
export function bootTask(setup: TaskSetup): BootedTask {
  const { task, kind, space, sink, runStart, messageTarget } = setup;
  const recorder = createRecorder({ task, sink, runStart });
  const memoryOf = (): Memory => memory;
  const driver: TaskDriver = setup.driver(() => recorder.now(), memoryOf);
  const context: MemoryContext = { task, kind, space, recorder, buffers: setup.buffers };
  const memory = createMemory(context, setup.backing);
  if (setup.image && setup.image.length > 0) memory.importSpace(setup.image);
  const { plain } = setup;
  const buffers = plain && new SharedBuffers(memory, recorder, plain.guard);
  const instrumentation = createInstrumentation({
    recorder,
    memory,
    tasks: taskInstrumentation,
    atomics: setup.atomics,
    segmentAtomics: driver instanceof BrokerDriver ? driver : undefined,
    ...(buffers ? { onView: (view: object, name: string, site: number) => buffers.name(view, name, site) } : {}),
  });
  bindRuntime({ task, space, kind: setup.spawnKind, driver, recorder, memory, messageTarget, nextCreation: (name) => instrumentation.nextCreation(name) });
  registerTravellers(memory);
  const output = { recorder, nextSeq: () => driver.cheapSeq() };
  if (plain) recordStreams(output, plain);
  else {
    installConsole(output);
    installStructuredClone(memory.core);
    installPrototypes();
    process.argv.splice(1, Infinity, setup.file, ...setup.args);
  }
  installStackTraces(plain !== undefined);

  const createdIn = setup.call === null && task === 0 ? null : recorder.now() - setup.spawnedAt;
  const life = new Life({ task, recorder, driver, memory, sink, messageTarget, createdIn, plain: plain !== undefined });
  const note: Note = { type: "began", task };
  sink.write(requestFrame(task, RequestCode.Note, note));

  return {
    life,
    recorder,
    memory,
    driver,
    instrumentation,
    buffers,
    begin() {
      recorder.sync(Kind.TaskStart, task, driver.startSeq());
      recorder.flush();
      life.run(() => {
        if (!setup.entry) throw new Error(words.unknownEntry(setup.key));
        const comparisons = new Comparisons(memory.core);
        const evaluated = evaluate(setup.entry, setup.key === "main", instrumentation.cp, createApi(instrumentation.api), (specifier, exports) => comparisons.prepare(specifier, exports));
        const { call } = setup;
        if (call === null) return evaluated;
        const invoke = (): unknown => {
          const { args, captures }: Call = call.length === 0 ? { args: [], captures: undefined } : (memory.decodeMessage(call) as Call);
          return entryFunction(captures)(...args);
        };
        return evaluated ? evaluated.then(invoke) : invoke();
      });
    },
  };
}
