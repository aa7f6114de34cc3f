// A parent, a child of Node that answers once, and a child of another kind.
const { fork, spawn } = require("node:child_process");

if (process.argv[2] === "child") {
  process.once("message", (text) => {
    console.log("child", process.pid);
    process.send(text);
  });
} else {
  const child = fork(__filename, ["child"]);
  child.send("hello");
  child.once("message", () => {});
  child.once("exit", () => {
    spawn("sh", ["-c", "echo shell"], { stdio: "inherit" }).once("exit", () => {
      fork(__filename, ["child"]).kill("SIGKILL");
      spawn("node", ["-e", "throw new Error('thrown in a child')"], { stdio: "ignore" });
    });
  });
}
