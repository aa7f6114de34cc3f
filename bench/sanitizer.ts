import { spawnSync } from "node:child_process";
import { devNull } from "node:os";
import { join } from "node:path";
import { measured } from "./kernel";

/** A kernel in C++, built twice. */
export interface Twin {
  readonly plain: () => number;
  readonly sanitized: () => number;
}

/** g++ with what it needs to sanitize threads, or why there is none. */
export type Sanitizer = { readonly version: string; readonly build: (kernel: string, folder: string) => Twin } | { readonly missing: string };

/** What went wrong, if anything did. */
function compile(args: readonly string[], input = ""): string | undefined {
  const { status, stderr, error } = spawnSync("g++", ["-O1", "-std=c++17", "-pthread", ...args], { encoding: "utf8", input });
  if (error) return error.message;
  return status === 0 ? undefined : stderr;
}

/** ThreadSanitizer can't lay out its memory where the system places programs at too random addresses: there it needs setarch. */
function run(program: string): number {
  // What it finds is not the point.
  process.env["TSAN_OPTIONS"] = "exitcode=0";
  try {
    return measured([], program);
  } catch (error) {
    if (!(error instanceof Error && /unexpected memory mapping/.test(error.message))) throw error;
    return measured(["-R", program], "setarch");
  }
}

export function findSanitizer(): Sanitizer {
  const { stdout, error } = spawnSync("g++", ["--version"], { encoding: "utf8" });
  if (error) return { missing: "not told: no g++" };
  if (compile(["-fsanitize=thread", "-x", "c++", "-", "-o", devNull], "int main() {}\n") !== undefined) return { missing: "not told: no ThreadSanitizer for g++" };
  const version = stdout.split("\n", 1)[0]!;
  const build = (kernel: string, folder: string): Twin => {
    const source = join(__dirname, "kernels/cpp", `${kernel}.cpp`);
    const [plain, sanitized] = [join(folder, kernel), join(folder, `${kernel}-sanitized`)];
    const problem = compile([source, "-o", plain]) ?? compile(["-fsanitize=thread", source, "-o", sanitized]);
    if (problem !== undefined) throw new Error(problem);
    return { plain: () => measured([], plain), sanitized: () => run(sanitized) };
  };
  return { version, build };
}
