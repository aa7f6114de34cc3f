// The same with the version that is repaired: a wait that ends without an answer waits again.
import { createSyncFn } from "synckit";

const call = createSyncFn(new URL("./worker-0.11.7.mjs", import.meta.url).href);
let sum = 0;
for (let i = 0; i < 300; i++) sum += call(i);
console.log(sum);
