/**
 * What handing a contended mutex from one task to the next costs, between threads and between processes, against a bare
 * Atomics.wait ping-pong and a bare round trip through pipes. Prints one JSON document; the machine's load is in it.
 *
 *   npx tsx bench/handover.ts [rounds, default 5]
 */
import { cpus, loadavg } from "node:os";
import { beside } from "./kernel";

const rounds = Number(process.argv[2] ?? 5);
const loadBefore = loadavg()[0];
const threads = beside("handover-threads", "handover", "threads", rounds);
const processes = beside("handover-processes", "handover", "processes", rounds);
console.log(JSON.stringify({ bench: "handover", node: process.version, cores: cpus().length, loadBefore, rounds, unit: "ms per hand-over", threads, processes }, undefined, 2));
