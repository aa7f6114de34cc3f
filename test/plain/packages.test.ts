import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { sameAsInNode } from "./as-in-node";

const PROGRAMS = join(__dirname, "packages");

describe("published packages do what they do in Node", function () {
  this.timeout(120_000);
  for (const file of readdirSync(PROGRAMS).filter((name) => /\.[cm]js$/.test(name))) {
    it(file, async () => {
      const found = await sameAsInNode(join(PROGRAMS, file));
      assert.equal(found.outcome, "completed");
      assert.ok(found.tasks.some(({ id, state }) => id > 0 && state !== "crashed"), "no worker was recorded");
    });
  }
});
