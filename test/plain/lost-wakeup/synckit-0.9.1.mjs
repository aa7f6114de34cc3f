// A late notify wakes the wrong wait: synckit 0.9.1 adds to the shared word and then notifies; between the two the caller may
// have seen the word, taken the answer and gone to sleep in its next call.
import { createSyncFn } from "synckit-0.9.1";

const call = createSyncFn(new URL("./worker-0.9.1.mjs", import.meta.url).pathname);
let sum = 0;
for (let i = 0; i < 300; i++) sum += call(i);
console.log(sum);
