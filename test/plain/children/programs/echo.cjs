const [, , what] = process.argv;
if (what === "sleep") setInterval(() => {}, 1000);
else if (what === "fail") {
  process.stderr.write("failing\n");
  process.exit(4);
} else {
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (text) => process.stdout.write(`${what}: ${text}`));
  process.stdin.on("end", () => {
    console.error("NODE_OPTIONS", process.env.NODE_OPTIONS, process.execArgv);
    process.exitCode = 2;
  });
}
