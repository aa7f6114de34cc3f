import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Report } from "../../src/report/contract";
import { Snippets, outputOf, report } from "./cli";

interface Expected {
  /** What main prints; lines of several tasks have no order. */
  readonly main?: RegExp;
  readonly outcome?: Report["outcome"];
  /** Default: none. */
  readonly findings?: readonly string[];
  readonly also?: (told: Report) => void;
}

const both = (expected: Expected): Record<"threads" | "processes", Expected> => ({ threads: expected, processes: expected });

function of(told: Report, task: string): NonNullable<Report["costs"]>[number] {
  const { id } = told.tasks.find(({ name }) => name === task)!;
  return told.costs!.find((cost) => cost.task === id)!;
}

const printed = (told: Report): string => told.output.map(({ text }) => text).join("");

/** The process ids that tasks printed: "(process 123)". */
const pids = (told: Report): string[] => [...printed(told).matchAll(/\(process (\d+)\)/g)].map(([, pid]) => pid!);

/** Last values of a variable, by space. */
const copies = (told: Report, name: string): unknown[] => told.variables.filter((variable) => variable.name === name).sort((a, b) => a.space - b.space).map(({ value }) => value);

const TWO_OF_EACH: Expected = {
  main: /^All have finished\. In the main process greeted is 2\n$/,
  also: (told) => {
    assert.deepEqual(told.tasks.map(({ kind }) => kind).slice(1), ["process", "process", "thread", "thread"]);
    assert.equal(new Set(pids(told)).size, 3, "each process has its own id; the threads have main's");
    assert.deepEqual(copies(told, "greeted"), [2, 1, 1]);
  },
};

const WORKERS: Expected = { main: /^All have finished\n$/ };

const TRAIN: Expected = {
  main: /^The train arrives\n$/,
  also: (told) => {
    assert.deepEqual(told.tasks.map(({ name }) => name), ["main", "Ada", "Edsger", "Barbara", "Tony", "Leslie", "Grace"]);
    for (const { id, name } of told.tasks.slice(1)) assert.equal(outputOf(told, id), `${name} sits down in the cafeteria\n${name} is in the restroom\n`);
  },
};

const DEADLOCK: Expected = {
  outcome: "deadlocked",
  main: /^$/,
  findings: ["deadlock"],
  also: (told) => assert.match(told.findings[0]!.explanation!.join("\n"), /waits for the lock "lockB", held by fromBToA[^]*waits for the lock "lockA", held by fromAToB/),
};

const ONE_CRASHES: Expected = {
  main: /^Task 1 returned 10\nTask 2 did not return: .*task 2 has a bad day\nTask 3 returned 30\n$/,
  findings: ["crash"],
  also: (told) => {
    assert.deepEqual(told.tasks.map(({ state }) => state), ["finished", "finished", "crashed", "finished"]);
    assert.match(outputOf(told, 3), /step 3/);
  },
};

const ORDERS: Expected = {
  main: /^Served 12 of 12\n$/,
  also: (told) => assert.deepEqual([...printed(told).matchAll(/serves order (\d+)/g)].map(([, n]) => Number(n)).sort((a, b) => a - b), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
};

const SAMPLES: Record<string, Record<"threads" | "processes", Expected>> = {
  "01-hello": {
    threads: { ...WORKERS, also: (told) => assert.equal(new Set(pids(told)).size, 1) },
    processes: { ...WORKERS, also: (told) => assert.equal(new Set(pids(told)).size, 2) },
  },
  "02-processes-and-threads": both(TWO_OF_EACH),
  "03-counter-race": {
    threads: { main: /^Expected 200000, counted \d+\n$/, findings: ["data-race"], also: (told) => assert.deepEqual(told.findings[0]!.accesses!.map(({ line }) => line), [12, 12]) },
    processes: { main: /^Expected 200000, counted 0\n$/, also: (told) => assert.deepEqual(copies(told, "counter"), [0, 100_000, 100_000]) },
  },
  "04-counter-mutex": {
    threads: { main: /^Expected 4000, counted 4000\n$/, also: (told) => assert.equal(told.variables[0]!.guardedBy, "lock") },
    processes: { main: /^Expected 4000, counted 0\n$/, also: (told) => assert.deepEqual(copies(told, "counter"), [0, 2000, 2000]) },
  },
  "05-train": both(TRAIN),
  "06-deadlock": both(DEADLOCK),
  "07-crash": both(ONE_CRASHES),
  "08-producer-consumer": both(ORDERS),
  "09-isolation": { threads: { main: /^Main sees: good bye, 2 names, balance 70\n$/ }, processes: { main: /^Main sees: hello, 1 names, balance 100\n$/ } },
  "10-copies-of-values": {
    threads: { main: /^Main sees 30\n$/, also: (told) => assert.match(told.output.map(({ text }) => text).join(""), /when the price was 10, sees 30/) },
    processes: { main: /^Main sees 30\n$/, also: (told) => assert.match(told.output.map(({ text }) => text).join(""), /when the price was 10, sees 10/) },
  },
  "11-ways-to-communicate": both({
    main: /^Message queue: 42\nPipe: first line\nPipe: second line\nSocket: you said hello\nShared segment: written by the helper\n$/,
    also: (told) => assert.deepEqual(of(told, "helper").communication.map(({ means }) => means).sort(), ["message-queue", "pipe", "shared-segment", "socket"]),
  }),
  "12-crash-containment": {
    threads: { outcome: "crashed", main: /^$/, findings: ["crash"], also: (told) => assert.ok(told.tasks.every(({ state }) => state !== "finished")) },
    processes: { main: /^Main goes on after: .*\nMain has survived\n$/, findings: ["crash"] },
  },
  "13-cost-of-creation": {
    threads: { main: /^8 tasks of kind thread, [\d.]+ ms each\n$/, also: (told) => assert.ok(told.costs!.slice(1).every(({ createdInMs }) => createdInMs !== null && createdInMs > 0)) },
    processes: { main: /^8 tasks of kind process, [\d.]+ ms each\n$/, also: (told) => assert.ok(told.costs!.slice(1).every(({ memoryBytes }) => memoryBytes !== null && memoryBytes > 10e6)) },
  },
  "14-context-switches": both({ main: /^Talked 300 times, thought until 1\.644934\n$/ }),
  "15-read-write-lock": both({ main: /^All readers saw whole pages; version 4\n$/ }),
  "16-condition-variable": both({ main: /^Eaten 3 \+ 3 of 6, left 0\n$/ }),
  "17-spinlock-or-mutex": both({ main: /^mutex: .* took \d+ ms\nspinlock: .* took \d+ ms\nBoth kept one task at a time\n$/ }),
  "18-barrier": both({ main: /^Painted 9 walls, began too early 0 times\n$/ }),
  "19-two-cores": both({ main: /^Alone: 13848 primes in .*\nTwo tasks: 13848 primes in .*\nTwo tasks in turn: 13848 primes in .*\n$/ }),
};

describe("the samples", () => {
  const files = readdirSync("samples").filter((name) => name.endsWith(".ts"));
  const repaired = new Snippets();
  after(() => repaired.dispose());

  it("each has its expectation, and begins with three lines of what to look at", () => {
    assert.deepEqual(files.map((name) => name.replace(/\.ts$/, "")), Object.keys(SAMPLES));
    for (const name of files) {
      const lines = readFileSync(join("samples", name), "utf8").split("\n");
      assert.ok(lines.slice(0, 3).every((line) => line.startsWith("// ")) && lines[3]?.startsWith("import "), name);
    }
  });

  it("all have right types", () => {
    const { config } = ts.readConfigFile("samples/tsconfig.json", (path) => readFileSync(path, "utf8")) as { config: object };
    const { options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, "samples");
    const program = ts.createProgram([...files.map((name) => join("samples", name)), "dist/types/api.d.ts"], options);
    assert.deepEqual(
      [...errors, ...ts.getPreEmitDiagnostics(program)].map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`),
      [],
    );
  }).timeout(60_000);

  for (const [name, expectations] of Object.entries(SAMPLES)) {
    for (const mode of ["threads", "processes"] as const) {
      it(`${name} as ${mode}`, async () => {
        const { main, outcome = "completed", findings = [], also } = expectations[mode];
        const { report: told } = await report(join("samples", `${name}.ts`), mode);
        assert.equal(told.outcome, outcome);
        if (main) assert.match(outputOf(told, 0), main);
        assert.deepEqual([...new Set(told.findings.map(({ kind }) => kind))], findings, JSON.stringify(told.findings.map(({ message }) => message)));
        also?.(told);
      }).timeout(60_000);
    }
  }

  for (const mode of ["threads", "processes"] as const) {
    it(`06-deadlock is repaired by one order of the locks, as ${mode}`, async () => {
      const code = readFileSync(join("samples", "06-deadlock.ts"), "utf8");
      const swapped = code.replace("  lockB.lock();\n  letTheOtherBegin();\n  lockA.lock();", "  lockA.lock();\n  letTheOtherBegin();\n  lockB.lock();");
      assert.notEqual(swapped, code);
      const file = join(repaired.folder, "repaired.ts");
      writeFileSync(file, swapped);
      const { report: told } = await report(file, mode);
      assert.equal(told.outcome, "completed");
      assert.deepEqual(told.findings, []);
      assert.equal(outputOf(told, 0), mode === "threads" ? "a has 110, b has 90\n" : "a has 100, b has 100\n");
    }).timeout(60_000);
  }
});
