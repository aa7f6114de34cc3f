import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Snippets, outputOf, report } from "./cli";

describe("snippets of several modules", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  const module = (name: string, code: string): void => writeFileSync(join(snippets.folder, `${name}.ts`), code);

  it("modules that import each other in a circle, also a default export", async () => {
    module("even", `import isOdd from "./odd"; export const NAME = "even"; export function isEven(n: number): boolean { return n === 0 || isOdd(n - 1); }`);
    module("odd", `import { isEven, NAME } from "./even"; export default function isOdd(n: number): boolean { return n !== 0 && isEven(n - 1); } export function other() { return NAME; }`);
    const file = snippets.write(`import { isEven } from "./even"; import { other } from "./odd"; console.log(isEven(4), spawn(isEven, 5).join(), spawn(other).join());`);
    for (const mode of ["threads", "processes"] as const) assert.equal(outputOf((await report(file, mode)).report, 0), "true false even\n");
  });

  it("require() and import() evaluate a module when they ask for it", async () => {
    module("late", `console.log("late is evaluated"); export const v = 1; export function f() { return v + 1; }`);
    const file = snippets.write(`console.log("begin"); const late = require("./late"); const again = await import("./late"); console.log(late.v, again.v); function work() { return require("./late").f(); } console.log(spawn(work).join());`);
    const { report: told } = await report(file, "threads");
    assert.equal(outputOf(told, 0), "begin\nlate is evaluated\n1 1\n2\n");
  });

  it("errors speak of what the student wrote", async () => {
    const file = snippets.write(`class P { get() { return 1; } }
const given: any = { f: 5 };
for (const attempt of [() => given.get(), () => given.f.g.h, () => { for (const x of given.f) x; }, () => { const { y } = given.z; return y; }]) {
  try { attempt(); } catch (error) { console.log((error as Error).message); }
}
const late = async (attempt: () => unknown) => attempt();
const iterate = () => { for (const x of given.f) x; };
await late(iterate).catch((error) => console.log("caught:", error.message));
await late(iterate).then(undefined, function ({ message: text, ...rest }) { let message = "own"; console.log(text, message, Object.keys(rest)); });
console.log(await late(() => given.z.y()).catch(({ message }) => message), await late(iterate).then(() => 0, async (e) => e.message), late.length);
function work(p: P) { return p.get(); }
spawn(work, new P()).join();`);
    const { report: told } = await report(file, "threads");
    assert.equal(outputOf(told, 0), "given.get is not a function\nCannot read properties of undefined (reading 'h')\ngiven.f is not iterable\nCannot destructure property 'y' of 'given.z' as it is undefined.\ncaught: given.f is not iterable\ngiven.f is not iterable own []\nCannot read properties of undefined (reading 'y') given.f is not iterable 1\n");
    assert.equal(told.tasks[1]?.error, "TypeError: p.get is not a function");
  });
});
