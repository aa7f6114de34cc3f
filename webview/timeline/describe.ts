import type { TaskSpan, Unstarted } from "../../src/analysis/views";
import { Kind, WaitFor, absent, isAccess, isWrite, spaceOf, type Trace, type TraceValue } from "../../src/trace";
import type { Words } from "../l10n";
import type { EventRef } from "../state/event-order";
import { formatDuration } from "./ticks";

export function taskName(trace: Trace, task: number): string {
  return trace.tasks.get(task)?.name ?? `${task}`;
}

export function objectName(trace: Trace, object: number | undefined): string {
  return object === undefined ? "" : (trace.objects.get(object)?.name ?? `#${object}`);
}

/** A value in one line, as source would write it. */
export function formatValue(value: TraceValue, most = 60): string {
  if (value === absent) return "–";
  if (typeof value === "string") return cut(JSON.stringify(value), most);
  if (typeof value === "bigint") return cut(`${value}n`, most);
  if (Object.is(value, -0)) return "-0";
  if (typeof value !== "object" || value === null) return String(value);
  return "ref" in value ? "{…}" : `#${value.object}`;
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Short text in a stretch of a lane. */
export function spanLabel(words: Words, trace: Trace, span: TaskSpan): string {
  switch (span.state) {
    case "running":
      return "";
    case "sleeping":
      return words.sleeping;
    case "blocked":
    case "waiting": {
      const what = waitsFor(words, trace, span);
      const [holder] = span.holders;
      return holder === undefined || span.waitFor === WaitFor.Join ? what : words.heldBy(what, taskName(trace, holder));
    }
  }
}

/** How it is with a task that has not begun; `over`: the run has ended. */
export function unstartedText(words: Words, { until }: Unstarted, over: boolean): string {
  return until !== null ? words.notStartedEnded : over ? words.notStarted : words.creating;
}

/** "lock `m`", "a message in `q`", "the end of Worker 1". */
export function waitsFor(words: Words, trace: Trace, wait: { readonly waitFor?: WaitFor; readonly object?: number | undefined; readonly joined?: number | undefined }): string {
  const name = objectName(trace, wait.object);
  switch (wait.waitFor) {
    case undefined:
      return "";
    case WaitFor.Join:
      return words.waitJoin(wait.joined === undefined ? "?" : taskName(trace, wait.joined));
    case WaitFor.Lock:
      return words.waitLock(name);
    case WaitFor.Permits:
      return words.waitPermits(name);
    case WaitFor.ReadLock:
      return words.waitReadLock(name);
    case WaitFor.WriteLock:
      return words.waitWriteLock(name);
    case WaitFor.Condition:
      return words.waitCondition(name);
    case WaitFor.Barrier:
      return words.waitBarrier(name);
    case WaitFor.Latch:
      return words.waitLatch(name);
    case WaitFor.Message:
      return words.waitMessage(name);
    case WaitFor.QueueSpace:
      return words.waitQueueSpace(name);
    case WaitFor.AtomicValue:
      return words.waitAtomic(name);
    case WaitFor.StreamData:
      return words.waitStream(name);
    case WaitFor.Connection:
      return words.waitConnection(name);
    case WaitFor.MemoryValue:
      return words.waitMemory;
    case WaitFor.Event:
      return words.waitEvent;
  }
}

/** A whole sentence about a stretch: "Worker 2 waits for lock `m`, held by Worker 1, for 1.3 ms". */
export function spanSentence(words: Words, trace: Trace, task: number, span: TaskSpan): string {
  const who = taskName(trace, task);
  const long = formatDuration(span.to - span.from);
  switch (span.state) {
    case "running":
      return words.tellRunning(who, long);
    case "sleeping":
      return words.tellSleeping(who, long);
    case "blocked":
    case "waiting": {
      const what = waitsFor(words, trace, span);
      const holders = span.waitFor === WaitFor.Join ? [] : span.holders.map((holder) => taskName(trace, holder));
      const told = holders.length > 0 ? words.tellWaitingHeld(who, what, holders.join(", "), long) : words.tellWaiting(who, what, long);
      if (span.gaveUp) return `${told} ${words.gaveUp}`;
      if (span.open) return `${told} ${words.notEnded}`;
      return span.unblockedBy && span.unblockedBy.task !== task ? `${told} ${words.unblockedBy(taskName(trace, span.unblockedBy.task))}` : told;
    }
  }
}

/** An event in words, without its task: "write `counter` = 3", "lock `m`". */
export function eventText(words: Words, trace: Trace, { task: id, index }: EventRef): string {
  const task = trace.task(id);
  const { events } = task;
  const kind = events.kind[index]! as Kind;
  const word1 = events.word1[index]!;
  if (isAccess(kind)) {
    const { space } = task.meta;
    const name = trace.memory.slot(spaceOf(space, word1), word1)?.name ?? trace.site(events.site[index]!)?.name ?? `0x${word1.toString(16)}`;
    const value = formatValue(task.value(events.a[index]!));
    return isWrite(kind) ? words.eventWrite(name, value) : words.eventRead(name, value);
  }
  const object = objectName(trace, word1);
  const told = words.events[kind];
  const a = events.a[index]!;
  switch (kind) {
    case Kind.Stdout:
    case Kind.Stderr:
      return words.eventOutput((events.texts[a] ?? "").trimEnd());
    case Kind.Mark:
      return words.eventMark(events.texts[a] ?? "");
    case Kind.Spawn:
    case Kind.Join:
    case Kind.Kill:
      return `${told ?? Kind[kind]} ${taskName(trace, word1)}`;
    case Kind.Block:
    case Kind.GaveUp:
    case Kind.TryFailed:
    case Kind.NotOwner: {
      const joined = a === (WaitFor.Join as number) ? events.c[index]! : undefined;
      return `${told ?? Kind[kind]} ${waitsFor(words, trace, { waitFor: a as WaitFor, object: word1, joined })}`;
    }
    case Kind.SleepBegin:
      return words.eventSleep(a);
    case Kind.Atomic:
      return words.eventAtomic(object, formatValue(events.b[index]!), formatValue(events.c[index]!));
    case Kind.TaskStart:
    case Kind.TaskEnd:
    case Kind.SleepEnd:
    case Kind.Yield:
    case Kind.MemoryAtomic:
    case Kind.MemoryNotify:
    case Kind.MemoryWake:
      return told ?? Kind[kind] ?? "?";
    default:
      return `${told ?? Kind[kind] ?? "?"} ${object}`;
  }
}
