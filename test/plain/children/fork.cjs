// fork() with its channel: messages there and back, the child's arguments, environment, execArgv; disconnect ends it.
const { fork } = require("node:child_process");

if (process.argv[2] === "child") {
  process.on("message", (message) => {
    process.send({ ...message, argv: process.argv.slice(2), execArgv: process.execArgv, env: process.env.GREETING, options: process.env.NODE_OPTIONS ?? null, keys: Object.keys(process.env).sort() });
    if (message.n === 3) process.disconnect();
  });
  process.on("disconnect", () => process.send?.("too late", (error) => process.exit(error ? 7 : 0)));
} else {
  const child = fork(__filename, ["child", "a b"], { execArgv: ["--no-warnings", "--stack-trace-limit=5"], env: { PATH: process.env.PATH, GREETING: "héllo=1", EMPTY: "" } });
  let n = 0;
  child.on("message", (message) => {
    console.log(message);
    if (++n < 3) child.send({ n: n + 1 });
  });
  child.on("disconnect", () => console.log("disconnected", child.connected));
  child.on("exit", (code, signal) => console.log("exit", code, signal, child.exitCode, child.killed));
  child.on("close", (code) => console.log("close", code));
  console.log(child.send({ n: 1, list: [1, "two", null, { three: [] }] }), child.spawnargs.slice(1, 3), child.stdin, child.stdout, typeof child.pid, child.connected);
}
