import { Kind } from "../../trace";
import { milliseconds } from "./arguments";
import { runtime } from "./runtime";

export function sleep(ms: number): void {
  const { recorder, driver } = runtime;
  const time = milliseconds(ms, "ms");
  recorder.sync(Kind.SleepBegin, 0, 0, time);
  recorder.flush();
  driver.sleep(time);
  recorder.sync(Kind.SleepEnd, 0, 0, time);
}

export function yieldNow(): void {
  const { recorder, driver } = runtime;
  recorder.sync(Kind.Yield, 0, 0);
  driver.sleep(0.01);
}

export function mark(text: string): void {
  runtime.recorder.mark(String(text));
}
