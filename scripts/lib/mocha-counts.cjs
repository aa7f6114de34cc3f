// Mocha's dots, and at the end the counts as JSON in the file that COUNTS_FILE names.
const { writeFileSync } = require("node:fs");
const Mocha = require("mocha");

module.exports = class Counts extends Mocha.reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    runner.once("end", () => {
      const { passes, failures, pending } = runner.stats;
      writeFileSync(process.env.COUNTS_FILE, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
};
