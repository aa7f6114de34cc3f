// Signals: one that ends, one that is handled, kill() of what has ended, process.kill, an uncaught error, a detached group.
const { fork, spawn } = require("node:child_process");
const { once } = require("node:events");

if (process.argv[2] === "handles") {
  const waiting = setInterval(() => {}, 1000);
  process.on("SIGTERM", () => {
    clearInterval(waiting);
    process.send("handled");
    process.disconnect();
  });
  process.send("ready");
} else if (process.argv[2] === "waits") {
  process.on("message", () => {});
  process.send("ready");
} else if (process.argv[2] === "throws") {
  null.property;
} else main();

async function main() {
  const handles = fork(__filename, ["handles"]);
  handles.once("message", () => {
    console.log(handles.kill(), handles.killed);
    handles.on("message", (message) => console.log(message));
  });
  console.log(await once(handles, "exit"), handles.kill(), handles.signalCode);

  const waits = fork(__filename, ["waits"]);
  await once(waits, "message");
  console.log(waits.kill(0), waits.kill("SIGKILL"));
  console.log(await once(waits, "exit"), waits.killed, waits.signalCode);
  try {
    waits.kill("SIGNOTHING");
  } catch (error) {
    console.log(error.code);
  }

  const killed = fork(__filename, ["waits"]);
  await once(killed, "message");
  process.kill(killed.pid, "SIGINT");
  console.log(await once(killed, "exit"));

  const throws = fork(__filename, ["throws"], { silent: true });
  let text = "";
  throws.stderr.setEncoding("utf8").on("data", (piece) => (text += piece));
  console.log(await once(throws, "close"), /TypeError: Cannot read properties of null \(reading 'property'\)/.test(text), /signals\.cjs:\d+:\d+/.test(text));

  const group = spawn("node", ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
  await once(group, "spawn");
  process.kill(-group.pid, "SIGTERM");
  console.log(await once(group, "exit"));
}
