// Leaves processes behind: forked, in a group of its own, of Node and not, and one that never looks up.
const { fork, spawn } = require("node:child_process");

if (process.argv[2] === "child") {
  const busy = fork(__filename, ["busy"]);
  const sleep = spawn("sleep", ["1000"], { detached: true, stdio: "ignore" });
  console.log(process.pid, busy.pid, sleep.pid);
  setInterval(() => {}, 1000);
} else if (process.argv[2] === "busy") {
  for (;;);
} else {
  const child = fork(__filename, ["child"]);
  const own = spawn("node", [__filename, "child"], { detached: true, stdio: "inherit" });
  const sleep = spawn("sleep", ["1000"], { stdio: "ignore" });
  console.log(process.pid, child.pid, own.pid, sleep.pid);
  if (process.argv[2] === "exit") process.exit();
}
