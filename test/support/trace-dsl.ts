import { AtomicOp, EndReason, Kind, WaitFor, waitsForObject, type ObjectType, type Site } from "../../src/trace";
import { TraceBuilder } from "./trace-builder";

/**
 * Draws a trace as columns of text, one per task, one event per line, in the order of the run:
 *
 *   main          worker
 *   spawn worker
 *   read x 0
 *                 write x 1
 *
 * The first line names the tasks; a cell belongs to the column at or before its beginning. A line's number is the site
 * and its line in the source, which may stand behind it with the site in it: `read x 3   // if («x» > 0)`. Objects by name: `{ m: "Mutex", s: ["Semaphore", 3], c: ["Condition", "m"] }`; all other names are variables.
 */
export interface Drawn {
  readonly builder: TraceBuilder;
  readonly task: (name: string) => number;
  readonly object: (name: string) => number;
  readonly address: (name: string) => number;
}

export type ObjectsOf = Record<string, ObjectType | readonly [ObjectType, number] | readonly ["Condition", string]>;

const WAITS: Record<string, WaitFor> = {
  event: WaitFor.Event,
  join: WaitFor.Join,
  lock: WaitFor.Lock,
  acquire: WaitFor.Permits,
  lockRead: WaitFor.ReadLock,
  lockWrite: WaitFor.WriteLock,
  wait: WaitFor.Condition,
  barrier: WaitFor.Barrier,
  latch: WaitFor.Latch,
  receive: WaitFor.Message,
  send: WaitFor.QueueSpace,
  meet: WaitFor.Connection,
};

function waitOf(name: string): WaitFor {
  const waitFor = WAITS[name];
  if (waitFor === undefined) throw new Error(`nothing waits for "${name}"`);
  return waitFor;
}

const ENDS: Record<string, EndReason> = { crashed: EndReason.Crashed, killed: EndReason.Killed };

export function draw(text: string, objects: ObjectsOf = {}): Drawn {
  const drawn = text.split("\n").filter((line) => line.trim() !== "");
  const lines = drawn.map((line) => line.replace(/\s*\/\/.*/, ""));
  const sources = drawn.map((line) => /\/\/\s*(.*)/.exec(line)?.[1] ?? "");
  const header = [...lines[0]!.matchAll(/\S+/g)].map((match) => ({ name: match[0], at: match.index }));
  const tasks = new Map(header.map(({ name }, id) => [name, id]));
  const ids = new Map(Object.keys(objects).map((name, i) => [name, i + 1]));
  const addresses = new Map<string, number>();
  const sites: Site[] = lines.map((line, i) => {
    const [before = "", site, behind] = sources[i]!.split(/[«»]/);
    if (site === undefined || behind === undefined) return { file: 0, line: i, column: 1, endLine: i, endColumn: 9, text: line.trim() };
    return { file: 0, line: i, column: before.length + 1, endLine: i, endColumn: before.length + site.length + 1, text: site };
  });
  const builder = new TraceBuilder(sites, sources.some((source) => source !== "") ? sources.slice(1).map((source) => source.replaceAll(/[«»]/g, "")).join("\n") : "");
  const known = (map: ReadonlyMap<string, number>, name: string): number => {
    const id = map.get(name);
    if (id === undefined) throw new Error(`"${name}" is not declared`);
    return id;
  };
  const address = (name: string): number => {
    let at = addresses.get(name);
    if (at === undefined) {
      at = 64 + 8 * addresses.size;
      addresses.set(name, at);
      builder.variable(at, name);
    }
    return at;
  };
  for (const [name, id] of tasks) builder.task(id, name, id === 0 ? null : 0);
  for (const [name, spec] of Object.entries(objects)) {
    const [type, detail] = typeof spec === "string" ? [spec, undefined] : spec;
    if (typeof detail === "string") builder.object(ids.get(name)!, type, name, undefined, known(ids, detail));
    else builder.object(ids.get(name)!, type, name, detail);
  }
  const ends = new Map<number, number>();
  const notifies = new Map<number, number>();
  const counters = new Map<string, number>();
  const next = (key: string): number => {
    const n = counters.get(key) ?? 0;
    counters.set(key, n + 1);
    return n;
  };
  const started = new Set<number>();
  builder.sync(0, Kind.TaskStart, 0, 0);
  started.add(0);

  lines.slice(1).forEach((line, i) => {
    const site = i + 1;
    const at = line.search(/\S/);
    const column = header.findLast((head) => head.at <= at) ?? header[0]!;
    const task = known(tasks, column.name);
    const [op, name = "", ...rest] = line.trim().split(/\s+/);
    const [x = 0, y = 0] = rest.map(Number);
    if (!started.has(task)) {
      builder.sync(task, Kind.TaskStart, 0, 0);
      started.add(task);
    }
    const sync = (kind: Kind, word1: number, a = 0, b = 0, c = 0): number => builder.sync(task, kind, site, word1, a, b, c);
    const object = (): number => known(ids, name);
    switch (op) {
      case "spawn":
        return void sync(Kind.Spawn, known(tasks, name));
      case "join":
        return void sync(Kind.Join, known(tasks, name), ends.get(known(tasks, name)) ?? 0);
      case "end":
        return void ends.set(task, sync(Kind.TaskEnd, 0, ENDS[name] ?? EndReason.Finished, name === "" ? 0 : 1));
      case "lost":
        return builder.lose();
      case "kill":
        return void sync(Kind.Kill, known(tasks, name));
      case "read":
        return builder.access(task, Kind.Read8, site, address(name), x);
      case "write":
        return builder.access(task, Kind.Write8, site, address(name), x);
      case "update":
        // Reads and writes at one place: update x 1 2
        builder.access(task, Kind.Read8, site, address(name), x);
        return builder.access(task, Kind.Write8, site, address(name), y);
      case "lock":
        return void sync(Kind.Lock, object());
      case "tryLock":
        return void sync(Kind.Lock, object(), 1);
      case "unlock":
        return void sync(Kind.Unlock, object());
      case "lockRead":
        return void sync(Kind.LockRead, object());
      case "unlockRead":
        return void sync(Kind.UnlockRead, object());
      case "lockWrite":
        return void sync(Kind.LockWrite, object());
      case "unlockWrite":
        return void sync(Kind.UnlockWrite, object());
      case "acquire":
        return void sync(Kind.Acquire, object(), x || 1);
      case "release":
        return void sync(Kind.Release, object(), x || 1);
      case "send":
        return void sync(Kind.Send, object(), next(`send ${name}`), 8);
      case "receive":
        return void sync(Kind.Receive, object(), next(`receive ${name}`), 8);
      case "close":
        return void sync(Kind.Close, object());
      case "sawClosed":
        return void sync(Kind.SawClosed, object());
      case "load":
        return void sync(Kind.Atomic, object(), AtomicOp.Load, x, x);
      case "store":
        return void sync(Kind.Atomic, object(), AtomicOp.Store, x, y);
      case "add":
        return void sync(Kind.Atomic, object(), AtomicOp.Add, x, y);
      case "notify":
        return void notifies.set(object(), sync(Kind.ConditionNotify, object(), rest.length === 0 ? 1 : x));
      case "woken":
        return void sync(Kind.ConditionWake, object(), notifies.get(object()) ?? 0);
      case "arrive":
        return void sync(Kind.BarrierArrive, object(), x, y);
      case "depart":
        return void sync(Kind.BarrierDepart, object(), x);
      case "countDown":
        return void sync(Kind.LatchCountDown, object(), 1, x);
      case "pass":
        return void sync(Kind.LatchPass, object());
      case "yield":
        return void sync(Kind.Yield, 0);
      case "sleep":
        return void sync(Kind.SleepBegin, 0, Number(name));
      case "awake":
        return void sync(Kind.SleepEnd, 0);
      case "gaveUp":
        // gaveUp · gaveUp barrier b · gaveUp lock m hopeless
        return void (name === "" ? sync(Kind.GaveUp, 0) : sync(Kind.GaveUp, known(ids, rest[0]!), waitOf(name), rest[1] === "hopeless" ? 1 : 0));
      case "tryFailed":
        return void sync(Kind.TryFailed, known(ids, rest[0]!), waitOf(name));
      case "notOwner":
        // notOwner lock m · notOwner wait c worker
        return void sync(Kind.NotOwner, known(ids, rest[0]!), waitOf(name), rest[1] === undefined ? 0 : known(tasks, rest[1]) + 1);
      case "block": {
        // block lock m · block join worker · block event · block acquire s 2 · block lock m timeout 100
        const waitFor = waitOf(name);
        const [target = "", ...more] = rest;
        const timeout = more.includes("timeout") ? Number(more[more.indexOf("timeout") + 1]) : -1;
        const argument = waitFor === WaitFor.Join ? known(tasks, target) : Number(more[0] ?? 1) || 1;
        return void sync(Kind.Block, waitsForObject(waitFor) ? known(ids, target) : 0, waitFor, timeout, argument);
      }
      default:
        throw new Error(`no event is called "${op}"`);
    }
  });
  return { builder, task: (name) => known(tasks, name), object: (name) => known(ids, name), address };
}
