/**
 * What a spawn() and its join() cost, against a bare Worker and a bare fork(). Prints one JSON document.
 *
 *   npx tsx bench/creation.ts [rounds, default 5]
 */
import { cpus, loadavg } from "node:os";
import { beside } from "./kernel";

const rounds = Number(process.argv[2] ?? 5);
const loadBefore = loadavg()[0];
const threads = beside("spawn-threads", "spawn", "threads", rounds);
const processes = beside("spawn-processes", "spawn", "processes", rounds);
console.log(JSON.stringify({ bench: "creation", node: process.version, cores: cpus().length, loadBefore, rounds, reach: { slowdown: 1.2 }, threads, processes }, undefined, 2));
