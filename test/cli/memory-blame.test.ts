import assert from "node:assert/strict";
import { Snippets, report } from "./cli";

/** Memory that no heap limit knows of, and memory that does. */
const EATERS = {
  buffers: "const a: Uint8Array[] = []; for (;;) { a.push(new Uint8Array(4e6).fill(1)); sleep(1); }",
  objects: "const a: unknown[] = []; for (;;) a.push(new Array(1000).fill(1.5));",
} as const;

describe("who is told to have used up the memory", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  for (const [what, eater] of Object.entries(EATERS)) {
    for (const mode of ["threads", "processes"] as const) {
      for (const culprit of ["main", "eat"] as const) {
        it(`is the task that has (${what}, ${culprit}, ${mode})`, async function () {
          // Elsewhere nobody watches what is outside of heaps.
          if (process.platform !== "linux" && what === "buffers") this.skip();
          const code = `function idle() { sleep(60_000); }\nfunction eat() { ${eater} }\nspawn(idle);\n${culprit === "main" ? "eat();" : "spawn(eat);"}\nspawn(idle).join();`;
          const { report: told } = await report(snippets.write(code), mode, "--memory-limit", "300", "--time-limit", "60");
          assert.equal(told.outcome, "out-of-memory");
          assert.deepEqual(told.tasks.filter(({ state }) => state === "crashed").map(({ name }) => name), [culprit]);
        });
      }
    }
  }
});
