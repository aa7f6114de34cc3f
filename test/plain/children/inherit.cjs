// Output of children that write where their parent does: in turns.
const { spawn } = require("node:child_process");
const { once } = require("node:events");

async function main() {
  for (const stdio of ["inherit", ["ignore", 1, 2], ["ignore", process.stdout, "ignore"], [0, "inherit", "inherit"], ["ignore", 1, 1]]) {
    console.log("parent");
    await once(spawn("node", ["-e", "console.log('child'); console.error('to the other stream')"], { stdio }), "close");
    await once(spawn("sh", ["-c", "echo not Node"], { stdio }), "close");
    await once(spawn("node", ["-e", "require('child_process').spawnSync('node', ['-e', 'console.log(\"grandchild\")'], { stdio: 'inherit' })"], { stdio }), "close");
  }
}
main();
