import assert from "node:assert/strict";
import { inShort } from "../../../webview/compare/in-short";
import { wordsFor } from "../../../webview/l10n";
import { recordedComparison } from "../../webview/comparisons";

describe("a comparison in short", () => {
  const spread = (ms: number): { median: number; least: number; most: number; samples: number[] } => ({ median: ms, least: ms, most: ms, samples: [ms] });
  const told = (thread: number, process: number, locale = "en"): string => {
    const comparison = recordedComparison("compare-03");
    const created = { ...comparison, threads: { ...comparison.threads, createdInMs: spread(thread) }, processes: { ...comparison.processes, createdInMs: spread(process) } };
    return inShort(created, wordsFor(locale), false)[0]!;
  };

  it("names what took longer first", () => {
    assert.equal(told(20, 60), "Creating a process took 3.0 times as long as creating a thread (60 ms and 20 ms).");
    assert.match(told(60, 20), /^Creating a thread took 3\.0 times as long as creating a process \(60 ms and 20 ms\)/);
    assert.match(told(60, 20, "zh-cn"), /^创建一个线程所需的时间是创建一个进程的 3\.0 倍（60 ms 与 20 ms）/);
    assert.match(told(20, 20), /about as long/);
  });
});
