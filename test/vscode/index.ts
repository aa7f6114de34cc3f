import { readdirSync } from "node:fs";
import * as path from "node:path";
import { format } from "node:util";
import Mocha from "mocha";

/** In front of what the suite says: the editor's own messages go to the same console. */
const MARK = "[suite] ";

/** VS Code calls this in its extension host. What goes to the console is read by whoever started the editor. */
export function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: 60_000, reporter: "spec", color: false });
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => console.log(MARK + format(...args).replaceAll("\n", `\n${MARK}`));
  for (const name of readdirSync(__dirname).filter((file) => file.endsWith(".test.js")).sort()) {
    mocha.addFile(path.join(__dirname, name));
  }
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failures) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      console.log(`${MARK}END ${JSON.stringify({ passed: passes, failed: failures, skipped: pending })}`);
      if (failures > 0) reject(new Error(`${failures} failed`));
      else resolve();
    });
  });
}
