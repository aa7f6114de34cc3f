import { runAsWorker } from "synckit";
import { setTimeout as delay } from "node:timers/promises";

runAsWorker(async (what, ...args) => {
  switch (what) {
    case "add":
      return args[0] + args[1];
    case "describe":
      await delay(1);
      return { keys: Object.keys(args[0]), year: args[0].when.getUTCFullYear(), a: args[0].map.get("a"), two: args[0].list[1].two };
    case "fail":
      throw Object.assign(new RangeError(args[0]), { code: "E_PURPOSE" });
    case "fill":
      args[0].fill(args[1]);
      return args[0].length;
  }
});
