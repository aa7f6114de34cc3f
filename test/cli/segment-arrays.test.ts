import assert from "node:assert/strict";
import { Snippets, outputOf, report } from "./cli";

/** What a student may do with a typed array; each line prints. */
const EVERYTHING = `
const ints = sharedMemory(new Int32Array([5, 3, 9, 1])), bigs = sharedMemory(new BigInt64Array(2));
const state = sharedMemory({ data: new Uint8Array([1, 2, 3]), list: [new Int16Array([7, -8])] }), queue = new MessageQueue<Int32Array>();
function work(part: Int32Array, k: number) { bigs[k] = BigInt(k) + 4n; part[k]! += 40; state.data[k] = 200; Atomics.add(ints, 3, 10); return part; }
const part = ints.subarray(1, 3);
const back = spawn(work, part, 0).join(); spawn(work, part, 1).join();
console.log(ints, bigs, state, back.length, back[1]);
console.log(ints instanceof Int32Array, Object.prototype.toString.call(ints), ints.length, ints.byteLength, part.byteOffset, ints.BYTES_PER_ELEMENT, Array.isArray(ints));
console.log([...ints], Math.max(...ints), JSON.stringify(state), Array.from(ints), Object.keys(ints), { ...part });
const [a, , ...rest] = ints; console.log(a, rest); for (const [i, x] of ints.entries()) console.log(i, x);
console.log(ints.map((x) => x * 2), ints.filter((x) => x > 10), ints.reduce((s, x) => s + x), ints.indexOf(49), ints.includes(5), ints.at(-1), ints.find((x) => x > 5), ints.some((x) => x < 0), ints.join("-"), String(ints));
console.log(ints.with(0, 1), ints.toSorted(), ints.toReversed(), ints.slice(1, -1), ints.sort() === ints, ints.reverse(), ints.fill(4, 1, 3), ints.copyWithin(0, 3));
ints.set([8, 9], 2); ints[0]!++; ints[1]! -= 2; console.log(ints, ints[9], 3 in ints, 4 in ints, state.data === state.data, new Float32Array(ints));
const own = new Int32Array(4); own.set(ints); console.log(own, new Uint8Array(ints.buffer, 4, 4));
console.log(Atomics.store(ints, 0, 2 ** 33 + 7), Atomics.load(ints, 0), Atomics.compareExchange(ints, 0, 7, 1), Atomics.compareExchange(ints, 0, 7, 2), Atomics.exchange(ints, 0, 6), Atomics.and(ints, 0, 3), Atomics.or(ints, 0, 8), Atomics.xor(ints, 0, 1), Atomics.sub(ints, 0, 1), ints[0], Atomics.notify(ints, 0), Atomics.add(bigs, 0, 2n), bigs[0]);
console.log(Atomics.wait(ints, 0, 99), Atomics.wait(ints, 0, ints[0]!, 5)); queue.send(part); console.log(queue.receive()[0] === part[0]);
for (const f of [() => Atomics.add(ints, 4, 1), () => (bigs[0] = 1 as never), () => ints.set([1, 2], 3), () => Atomics.wait(state.data as never, 0, 0), () => ints.map(1 as never)]) try { f(); console.log("no error"); } catch (e) { console.log(String(e)); }
const bytes = new DataView(ints.buffer, 4, 9); bytes.setInt16(1, -2); bytes.setFloat32(4, 1.5, true); new DataView(bigs.buffer, 8).setBigInt64(0, -5n); spawn((ns: Int32Array) => new DataView(ns.buffer).setUint8(15, 7), ints).join();
console.log(bytes.getInt16(1), bytes.getUint8("2" as never), bytes.getFloat32(4, true), bigs[1], ints[3], bytes.byteLength, bytes.byteOffset, bytes.buffer === ints.buffer, bytes instanceof DataView, Object.keys(bytes));
for (const f of [() => bytes.getInt8(9), () => bytes.setInt32(6, 1), () => bytes.getInt8(-1), () => bytes.setBigInt64(0, 1 as never), () => new DataView(ints.buffer, 17), () => new DataView(ints.buffer, 4, 13)]) try { f(); console.log("no error"); } catch (e) { console.log(String(e)); }
console.table(state.list[0]);`;

describe("typed arrays in sharedMemory()", () => {
  const snippets = new Snippets();
  after(() => snippets.dispose());

  it("behave the same between processes as between threads", async () => {
    const file = snippets.write(EVERYTHING);
    const [threads, processes] = [await report(file, "threads"), await report(file, "processes")];
    assert.equal(threads.report.outcome, "completed");
    assert.equal(outputOf(processes.report, 0), outputOf(threads.report, 0));
    assert.equal(processes.report.outcome, "completed");
    assert.deepEqual(processes.report.variables.map(({ name, value }) => [name, value]), threads.report.variables.map(({ name, value }) => [name, value]));
    assert.deepEqual([...threads.report.findings, ...processes.report.findings], []);
  });

  for (const mode of ["threads", "processes"] as const) {
    it(`travel as views of every type, also DataViews, as arguments, results and messages: ${mode}`, async () => {
      const file = snippets.write(`
const bytes = sharedMemory(new Uint8Array(64)), own = shared(new Uint8Array(8)), queue = new MessageQueue<unknown>();
function work(view: DataView, numbers: Uint32Array, mine: DataView) {
  view.setInt16(2, -77); numbers[3] = 99; mine.setUint8(1, 5);
  const [again, floats, same] = queue.receive() as [DataView, Float64Array, DataView];
  again.setUint8(0, 200); floats[1] = 1.5;
  return { again, numbers, same: again.buffer === numbers.buffer, twice: again === same };
}
const view = new DataView(bytes.buffer, 8, 16), numbers = new Uint32Array(bytes.buffer, 16, 8), task = spawn(work, view, numbers, new DataView(own.buffer));
queue.send([view, new Float64Array(bytes.buffer, 40, 2), view]);
const { again, numbers: back, same, twice } = task.join();
console.log(view.getInt16(2), numbers[3], view.getUint8(0), bytes[55], again.getInt16(2), back[3], again.byteOffset, again.byteLength, back.byteOffset, back.length, again instanceof DataView, same, twice, own[1]);`);
      const { report: told } = await report(file, mode);
      assert.equal(outputOf(told, 0), `-77 99 200 63 -77 99 8 16 16 8 true true true ${mode === "threads" ? 5 : 0}\n`);
      assert.deepEqual(told.findings, []);
    });

    it(`show races on single elements and bytes, by name: ${mode}`, async () => {
      const file = snippets.write(`
const pixels = sharedMemory(new Float64Array(4)), words = sharedMemory(new Uint32Array(2));
function draw(k: number) { pixels[k] = k; pixels[3]! += 1; words.subarray(1).fill(k); }
function bytes() { const view = new Uint8Array(words.buffer); view[6] = 1; view[0] = 1; }
const tasks = [spawn(draw, 0), spawn(draw, 1), spawn(bytes)]; tasks.forEach((t) => t.join());`);
      const { report: told } = await report(file, mode);
      assert.equal(told.outcome, "completed");
      assert.deepEqual([...new Set(told.findings.filter(({ kind }) => kind === "data-race").map(({ variable }) => variable))].sort(), ["pixels[3]", "words[1]"]);
    });

    it(`are operated on atomically, waited for and notified: ${mode}`, async () => {
      const file = snippets.write(`
const hits = sharedMemory(new Int32Array(3)), small = sharedMemory(new Uint8Array(8));
function work() { for (let i = 0; i < 150; i++) { Atomics.add(hits, 0, 1); Atomics.add(small, i % 2, 1); } if (Atomics.add(hits, 1, 1) === 3) Atomics.notify(hits, 1); }
function ping() { for (let i = 0; i < 20; i++) { while (Atomics.load(hits, 2) % 2 === 0) Atomics.wait(hits, 2, i * 2); Atomics.add(hits, 2, 1); Atomics.notify(hits, 2); } }
const tasks = Array.from({ length: 4 }, () => spawn(work)), other = spawn(ping);
for (let seen = 0; (seen = Atomics.load(hits, 1)) < 4; ) Atomics.wait(hits, 1, seen, 10_000);
for (let i = 0; i < 20; i++) { Atomics.add(hits, 2, 1); Atomics.notify(hits, 2); while (Atomics.load(hits, 2) % 2 === 1) Atomics.wait(hits, 2, i * 2 + 1); }
tasks.forEach((t) => t.join()); other.join();
console.log(hits[0], hits[2], small[0], small[1]);`);
      const { report: told } = await report(file, mode);
      assert.equal(told.outcome, "completed");
      assert.equal(outputOf(told, 0), `600 40 ${300 % 256} ${300 % 256}\n`);
      assert.deepEqual(told.findings, []);
    });

    it(`nobody notifies: a deadlock; who is killed while it waits stands in no line any more: ${mode}`, async () => {
      const file = snippets.write(`
const flag = sharedMemory(new Int32Array(1));
function wait() { return Atomics.wait(flag, 0, 0); }
const lost = spawn(wait), kept = spawn(wait); sleep(300); lost.kill();
while (Atomics.notify(flag, 0) === 0) sleep(20);
console.log(kept.join(), lost.state);
Atomics.wait(flag, 0, 0);`);
      const { report: told } = await report(file, mode);
      assert.equal(outputOf(told, 0), "ok killed\n");
      assert.equal(told.outcome, "deadlocked");
      assert.deepEqual(told.findings.map(({ kind }) => kind), ["deadlock"]);
      assert.deepEqual(told.findings[0]?.cycle?.map(({ waitsFor }) => waitsFor), ["flag[0]"]);
    });
  }

  it("an element's neighbours are no business of its own", async () => {
    const file = snippets.write(`
const cells = sharedMemory(new Uint8Array(2)), lock = new Mutex(), turn = new Barrier(2);
function left() { const seen = lock.withLock(() => cells[0]!); turn.wait(); turn.wait(); lock.withLock(() => { cells[0] = seen + 1; }); }
function right() { turn.wait(); lock.withLock(() => { cells[1]!++; }); turn.wait(); }
const tasks = [spawn(left), spawn(right)]; tasks.forEach((t) => t.join()); console.log(cells);`);
    const { report: told } = await report(file, "processes");
    assert.equal(outputOf(told, 0), "Uint8Array(2) [ 1, 1 ]\n");
    assert.deepEqual(told.findings, []);
  });

  it("threads of one process of several: their Atomics order what they do", async () => {
    const file = snippets.write(`
const flag = shared(new Int32Array(1)); let data = shared(0);
function give() { data = 42; Atomics.store(flag, 0, 1); Atomics.notify(flag, 0); }
const giver = Thread.spawn(give); Atomics.wait(flag, 0, 0); while (Atomics.load(flag, 0) === 0); console.log(data); giver.join();`);
    const { report: told } = await report(file, "processes");
    assert.equal(outputOf(told, 0), "42\n");
    assert.deepEqual(told.findings, []);
  });
});
