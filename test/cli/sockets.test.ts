import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Snippets, outputOf, report, runFolders } from "./cli";

describe("a socket", () => {
  const snippets = new Snippets();
  after(() => snippets.dispose());

  it("between processes is a local socket that both have open", async function () {
    if (process.platform !== "linux") this.skip();
    const file = snippets.write(`import { readFileSync, readdirSync, readlinkSync } from "node:fs";
const done = new Latch(1);
/** Inodes of this process's sockets. */
const own = () => readdirSync("/proc/self/fd").flatMap((fd) => { try { return /^socket:\\[(\\d+)\\]/.exec(readlinkSync("/proc/self/fd/" + fd))?.[1] ?? []; } catch { return []; } });
const named = () => readFileSync("/proc/net/unix", "utf8").split("\\n").filter((line) => /concurrency-playground-.*\\/socket-1$/.test(line)).map((line) => line.trim().split(/\\s+/));
function serve() {
  const before = own();
  const s = Socket.accept("x"); s.write("hello\\n");
  const mine = own().filter((inode) => !before.includes(inode));
  const connected = named().filter(([, , , , , state, inode]) => state === "03" && mine.includes(inode!)).length;
  done.wait();
  s.close();
  return connected;
}
const server = spawn(serve);
const before = own();
const s = Socket.connect("x");
console.log(s.readLine(), own().filter((inode) => !before.includes(inode)).length);
done.countDown();
console.log(server.join(), s.read().length);
s.close();
console.log(own().filter((inode) => !before.includes(inode)).length);`);
    const { pid, report: told } = await report(file, "processes", "--time-limit", "60");
    assert.equal(outputOf(told, 0), "hello 1\n1 0\n0\n");
    assert.deepEqual(runFolders(pid), []);
    assert.ok(!readFileSync("/proc/net/unix", "utf8").includes(`concurrency-playground-${pid}-`));
  });

  for (const mode of ["threads", "processes"] as const) {
    it(`ends for either task when the other is killed in the middle of it (${mode})`, async () => {
      const file = snippets.write(`
function feed(moving: Latch) { const s = Socket.connect("x"); try { for (;;) s.write("x".repeat(5000)); } catch (error) { return (error as Error).name; } }
function drain(moving: Latch) { const s = Socket.accept("x"); let n = 0; for (let b = s.read(); b.length > 0; b = s.read()) { n += b.length; moving.countDown(); } return n > 0; }
for (const victim of [0, 1, 0, 1]) {
  const moving = new Latch(3);
  const both = [spawn(feed, moving), spawn(drain, moving)] as const;
  moving.wait();
  both[victim]!.kill();
  console.log(both[1 - victim]!.join());
}`);
      const { pid, report: told } = await report(file, mode, "--time-limit", "60");
      assert.equal(outputOf(told, 0), "true\nClosedError\ntrue\nClosedError\n");
      assert.equal(told.outcome, "completed");
      assert.deepEqual(runFolders(pid), []);
    });
  }
});
