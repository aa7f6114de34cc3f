import { dirname, join } from "node:path";
import { spreadOf, type Exchanges } from "../report";
import type { Means, Report, Spread } from "../report/contract";
import type { RunMode } from "../trace";

const MEANS: readonly Means[] = ["shared-variable", "message-queue", "pipe", "socket", "shared-segment"];

/** Round trips of one number between two tasks by each means: the same program in both modes. Prints microseconds as JSON. */
const PROGRAM = `import { spawn, shared, sharedMemory, MessageQueue, Pipe, Socket, Semaphore } from "concurrency-playground";
const WARM = 20;
const ROUNDS = 100;
let variable = shared(0);
let inSegment = sharedMemory(0);
const there = new Semaphore(0), back = new Semaphore(0);
const requests = new MessageQueue<number>(), replies = new MessageQueue<number>();
const out = new Pipe(), home = new Pipe();
const address = process.argv[2] ?? "ping-pong";
function partner() {
  const client = Socket.connect(address);
  for (let i = 0; i < WARM + ROUNDS; i++) { there.acquire(); variable = variable + 1; back.release(); }
  for (const n of requests) replies.send(n + 1);
  for (let line = out.readLine(); line !== undefined; line = out.readLine()) home.write(Number(line) + 1 + "\\n");
  for (let line = client.readLine(); line !== undefined; line = client.readLine()) client.write(Number(line) + 1 + "\\n");
  for (let i = 0; i < WARM + ROUNDS; i++) { there.acquire(); inSegment = inSegment + 1; back.release(); }
}
function measure(means: string, trip: (n: number) => number) {
  let n = 0;
  for (let i = 0; i < WARM; i++) n = trip(n);
  const began = performance.now();
  for (let i = 0; i < ROUNDS; i++) n = trip(n);
  const took = performance.now() - began;
  times[means] = n === WARM + ROUNDS ? (took * 1000) / ROUNDS : null;
}
const times: Record<string, number | null> = {};
const task = spawn(partner);
const server = Socket.accept(address);
measure("shared-variable", (n) => { variable = n; there.release(); back.acquire(); return variable; });
measure("message-queue", (n) => { requests.send(n); return replies.receive(); });
requests.close();
measure("pipe", (n) => { out.write(n + "\\n"); return Number(home.readLine()); });
out.close();
measure("socket", (n) => { server.write(n + "\\n"); return Number(server.readLine()); });
server.close();
measure("shared-segment", (n) => { inSegment = n; there.release(); back.acquire(); return inSegment; });
task.join();
console.log(JSON.stringify(times));
`;

let addresses = 0;

/** What to run: beside the snippet, under a name that no file needs to have. */
export function pingPong(file: string): { readonly file: string; readonly text: string; readonly args: readonly string[] } {
  return { file: join(dirname(file), "ping-pong.ts"), text: PROGRAM, args: [`ping-pong-${process.pid}-${addresses++}`] };
}

/** The figures of those exchanges that came to their end, and what became of the others: a comparison is worth having without them. */
export function communicationOf(reports: Readonly<Record<RunMode, readonly Report[]>>): Exchanges {
  const failures: Failure[] = [];
  const told = (mode: RunMode): Times[] =>
    reports[mode].flatMap((report) => {
      const times = timesOf(report);
      if (times) return [times];
      const error = report.tasks.map((task) => task.error ?? "").find((text) => text !== "") ?? "";
      const same = failures.find((one) => one.mode === mode && one.outcome === report.outcome && one.error === error);
      if (same) same.runs++;
      else failures.push({ mode, runs: 1, outcome: report.outcome, error });
      return [];
    });
  const [threads, processes] = [told("threads"), told("processes")];
  const spread = (all: readonly Times[], means: Means): Spread | null => spreadOf(all.map((times) => times[means] ?? null));
  const communication = MEANS.map((means) => ({ means, threads: spread(threads, means), processes: spread(processes, means) }));
  return { communication, ...(failures.length > 0 ? { failedExchanges: failures } : {}) };
}

type Times = Partial<Record<Means, number | null>>;
interface Failure {
  readonly mode: RunMode;
  runs: number;
  readonly outcome: Report["outcome"];
  readonly error: string;
}

/** What the program printed; undefined if it did not come so far. */
function timesOf(report: Report): Times | undefined {
  if (report.outcome !== "completed") return undefined;
  const text = report.output.filter(({ task, stream }) => task === 0 && stream === "stdout").map((piece) => piece.text).join("");
  try {
    return JSON.parse(text) as Times;
  } catch {
    return undefined; // it was ended while it printed
  }
}
