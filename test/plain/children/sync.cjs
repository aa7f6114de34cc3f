// The forms that block.
const { spawnSync, execFileSync, execSync } = require("node:child_process");
const { join } = require("node:path");

const script = join(__dirname, "programs", "echo.cjs");
const { status, signal, stdout, stderr, output, error } = spawnSync("node", [script, "in"], { input: "given", encoding: "utf8" });
console.log(status, signal, stdout, stderr, output.length, error);
console.log(spawnSync("no-such-program").error.code, spawnSync("node", [script, "sleep"], { timeout: 300 }).signal);
console.log(execFileSync("node", ["-p", "process.argv.length"], { encoding: "utf8" }));
try {
  execFileSync("node", [script, "fail"], { stdio: "pipe" });
} catch (error) {
  console.log(error.status, error.message.replace(script, "SCRIPT"), String(error.stderr));
}
try {
  execSync("exit 5", { stdio: "pipe" });
} catch (error) {
  console.log(error.status, error.message);
}
console.log(String(execSync(`"${process.execPath}" -p "[1,2].map(String)"`)));
console.log("before");
spawnSync("node", ["-e", "console.log('inherited'); require('fs').writeSync(1, 'raw\\n')"], { stdio: "inherit" });
console.log("after");
try {
  spawnSync(7);
} catch (error) {
  console.log(error.code);
}
