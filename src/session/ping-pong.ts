import { dirname, join } from "node:path";
import { spreadOf } from "../report";
import type { Comparison, Means, Report } from "../report/contract";
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

/** Throws if the program did not tell, with what became of it. */
export function communicationOf(reports: Readonly<Record<RunMode, readonly Report[]>>): Comparison["communication"] {
  const told = { threads: reports.threads.map(timesOf), processes: reports.processes.map(timesOf) };
  return MEANS.map((means) => ({
    means,
    threads: spreadOf(told.threads.map((times) => times[means] ?? null)),
    processes: spreadOf(told.processes.map((times) => times[means] ?? null)),
  }));
}

function timesOf(report: Report): Partial<Record<Means, number | null>> {
  const text = report.output.filter(({ task, stream }) => task === 0 && stream === "stdout").map((piece) => piece.text).join("");
  if (report.outcome !== "completed") throw new Error(`the ping-pong ${report.outcome}: ${report.tasks.map(({ error }) => error ?? "").join(" ")}`);
  return JSON.parse(text) as Partial<Record<Means, number | null>>;
}
