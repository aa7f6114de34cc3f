import assert from "node:assert/strict";
import fc from "fast-check";
import { LocalMessages, SharedMessages, type MessageStore } from "../../../src/sync";

for (const [name, make] of [
  ["LocalMessages", (): MessageStore => new LocalMessages()],
  ["SharedMessages", (): MessageStore => new SharedMessages(new SharedArrayBuffer(8 * 1024 * 1024))],
] as const) {
  describe(name, () => {
    it("gives back what was put, whatever is put and freed in between", () => {
      fc.assert(
        fc.property(fc.array(fc.record({ bytes: fc.uint8Array({ maxLength: 3000 }), free: fc.nat({ max: 20 }) }), { maxLength: 60 }), (steps) => {
          const store = make();
          const kept: { handle: number; bytes: Uint8Array }[] = [];
          for (const { bytes, free } of steps) {
            const handle = store.put(bytes);
            assert.notEqual(handle, 0);
            kept.push({ handle, bytes });
            const gone = free < kept.length ? kept.splice(free, 1)[0] : undefined;
            if (gone) assert.deepEqual(Buffer.from(store.take(gone.handle)), Buffer.from(gone.bytes));
          }
          for (const { handle, bytes } of kept) {
            assert.equal(store.byteLength(handle), bytes.length);
            assert.deepEqual(Buffer.from(store.read(handle)), Buffer.from(bytes));
          }
        }),
        { numRuns: 100 },
      );
    });
  });
}

it("a full shared store says so, and has room again for what is freed", () => {
  const store = new SharedMessages(new SharedArrayBuffer(64 * 1024));
  const handles: number[] = [];
  for (let handle = store.put(new Uint8Array(5000)); handle !== 0; handle = store.put(new Uint8Array(5000))) handles.push(handle);
  assert.ok(handles.length >= 6, `${handles.length} fit`);
  store.free(handles[0]!);
  assert.notEqual(store.put(new Uint8Array(5000)), 0);
});
