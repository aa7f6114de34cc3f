import assert from "node:assert/strict";
import { MessageChannel } from "node:worker_threads";
import { HostPort, AnswerPorts } from "../../../src/runtime/tasks/host-port";
import { Arena } from "../../../src/sync";

describe("what a process's host answers", () => {
  const words = new Int32Array(new SharedArrayBuffer(Arena.byteLength));

  it("reaches a task also when its port comes later than the answer, in order", () => {
    const { port1, port2 } = new MessageChannel();
    const ports = new AnswerPorts(words);
    ports.answer(5, "first");
    ports.answer(5, "second");
    ports.add(5, port1);
    ports.answer(5, "third");
    const task = new HostPort(port2, words, 5);
    assert.deepEqual([task.next(), task.next(), task.next()], ["first", "second", "third"]);
    port1.close();
  });

  it("is not kept for a task that has ended, and not given to the next of its number's port", () => {
    const { port1, port2 } = new MessageChannel();
    const ports = new AnswerPorts(words);
    ports.remove(6);
    ports.answer(6, "late");
    ports.add(6, port1);
    ports.answer(6, "now");
    assert.equal(new HostPort(port2, words, 6).next(), "now");
    port1.close();
  });
});
