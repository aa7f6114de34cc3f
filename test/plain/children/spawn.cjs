// Streams, exit codes and errors of spawn, execFile and exec, of Node programs and others.
const { spawn, exec, execFile } = require("node:child_process");
const { join } = require("node:path");
const { once } = require("node:events");
const { promisify } = require("node:util");

const script = join(__dirname, "programs", "echo.cjs");

async function collect(stream) {
  let text = "";
  for await (const piece of stream.setEncoding("utf8")) text += piece;
  return text;
}

async function main() {
  const echo = spawn(process.execPath, [script, "one"], { env: { ...process.env, NODE_OPTIONS: "--no-warnings" } });
  echo.stdin.end("what it reads\n");
  const [out, err, [code]] = await Promise.all([collect(echo.stdout), collect(echo.stderr), once(echo, "close")]);
  console.log(JSON.stringify([out, err, code]));

  const evaluated = spawn("node", ["-e", "process.stdout.write(String(6 * 7)); process.exitCode = 9"]);
  console.log(await collect(evaluated.stdout), await once(evaluated, "close"), evaluated.spawnfile, evaluated.spawnargs);

  const run = promisify(execFile);
  console.log(await run(process.execPath, ["--version"]).then(({ stdout }) => stdout.trim() === process.version));
  console.log(await run("node", [script, "fail"], { input: "" }).catch(({ code, killed, signal, cmd, stderr }) => [code, killed, signal, cmd === `node ${script} fail`, stderr]));
  console.log(await run("node", [script, "sleep"], { timeout: 300 }).catch(({ code, killed, signal }) => [code, killed, signal]));
  console.log(await run("no-such-program", ["x"]).catch(({ code, syscall, path, spawnargs }) => [code, syscall, path, spawnargs]));
  console.log(await promisify(exec)("echo $((1 + 1)); exit 3").catch(({ code, stdout }) => [code, stdout]));
  try {
    spawn("node", [script], { cwd: 5 });
  } catch (error) {
    console.log(error.code);
  }
  const nowhere = spawn("node", [script], { cwd: "/no/such/folder" });
  console.log((await once(nowhere, "error").catch((error) => [error]))[0].code, nowhere.pid);
  const signalled = new AbortController();
  const aborted = spawn("node", [script, "sleep"], { signal: signalled.signal, stdio: "ignore" });
  aborted.on("error", (error) => console.log(error.name, error.code));
  aborted.on("spawn", () => signalled.abort());
  console.log(await new Promise((done) => aborted.on("close", (...how) => done(how))));
}
main();
