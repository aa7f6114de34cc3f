import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../src/report/contract";
import { outputOf, report } from "./cli";

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

const SAMPLES: Record<string, Record<"threads" | "processes", Expected>> = {
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

describe("samples of what tasks cost and share", () => {
  const files = readdirSync("samples").filter((name) => /^(09|[1-9]\d)-.*\.ts$/.test(name));

  it("each has its expectation, and begins with three lines of what to look at", () => {
    assert.deepEqual(files.map((name) => name.replace(/\.ts$/, "")), Object.keys(SAMPLES));
    for (const name of files) {
      const lines = readFileSync(join("samples", name), "utf8").split("\n");
      assert.ok(lines.slice(0, 3).every((line) => line.startsWith("// ")) && lines[3]?.startsWith("import "), name);
    }
  });

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
});
