import { createHeap } from "../../../src/runtime/memory";
import { isSealed, sealed } from "./hammer";
import { TEST_HEAP, creation, startTask } from "./task";

const [path, task] = [process.argv[2]!, Number(process.argv[3])];
const { memory } = startTask({ task, space: task, memory: { heap: createHeap(TEST_HEAP), segment: { type: "file", path } } });
const arena = memory.sharedValue({ text: sealed(0, 0) }, true, creation("arena", "m0:arena#0")) as Record<string, unknown>;
let bad = 0;
for (let round = 0; round < 300; round++) {
  arena["text"] = sealed(task, round);
  if (!isSealed(arena["text"] as string)) bad++;
  arena[`field${task}_${round % 50}`] = round;
  if (arena[`field${task}_${round % 50}`] !== round) bad++;
}
process.send!(bad, () => process.disconnect());
