import assert from "node:assert/strict";
import * as fc from "fast-check";
import { run, runPlain } from "../../unit/instrument/harness";
import { program } from "./programs";

const MAX_LOG = 20_000;

/** Objects that log each operation on them, and a log. */
function observer(): { lines: string[]; module: Record<string, unknown> } {
  const lines: string[] = [];
  const show = (value: unknown): string => {
    if (typeof value === "object" && value !== null) return proxies.get(value) ?? (Array.isArray(value) ? `[${value.length}]` : "{}");
    return typeof value === "function" ? "function" : `${typeof value} ${String(value)}`;
  };
  const proxies = new Map<object, string>();
  const write = (line: string): void => {
    if (lines.length >= MAX_LOG) throw new Error("too much is logged");
    lines.push(line);
  };
  const observed = (name: string, target: object): object => {
    const proxy: object = new Proxy(target, {
      get(t, k, r) {
        write(`get ${name}.${String(k)}`);
        const value: unknown = Reflect.get(t, k, r);
        return typeof value === "object" && value !== null && !proxies.has(value) ? observed(`${name}.${String(k)}`, value) : value;
      },
      set(t, k, v, r) {
        write(`set ${name}.${String(k)} ${show(v)}`);
        return Reflect.set(t, k, v, r);
      },
      has(t, k) {
        write(`has ${name}.${String(k)}`);
        return Reflect.has(t, k);
      },
      deleteProperty(t, k) {
        write(`delete ${name}.${String(k)}`);
        return Reflect.deleteProperty(t, k);
      },
      ownKeys(t) {
        write(`keys ${name}`);
        return Reflect.ownKeys(t);
      },
    });
    proxies.set(proxy, name);
    return proxy;
  };
  const log = (...values: unknown[]): void => write(values.map(show).join(", "));
  const key = (name: string): object => ({
    toString() {
      write(`toString ${name}`);
      return name;
    },
  });
  return { lines, module: { __esModule: true, log, observed, key } };
}

async function behaviour(run: (modules: Record<string, unknown>) => Promise<Record<string, unknown>>): Promise<string[]> {
  const { lines, module } = observer();
  try {
    await (await run({ "#observe": module }))["result"];
  } catch (error) {
    lines.push(`failed: ${(error as Error).constructor.name}`);
  }
  return lines;
}

describe("instrumented programs", function () {
  this.timeout(300_000);

  it("do what the plain programs do, in the same order", async () => {
    await fc.assert(
      fc.asyncProperty(program, async (text) => {
        const plain = await behaviour((modules) => runPlain(text, modules));
        // V8 refuses some valid programs: `g([...[0]], [x] = 0)`.
        fc.pre(plain[0] !== "failed: SyntaxError");
        const recorded = await behaviour(async (modules) => (await run(text, {}, modules)).exports);
        assert.deepEqual(recorded, plain);
      }),
      { numRuns: Number(process.env["FC_RUNS"] ?? 100) },
    );
  });
});
