import type { RunOutcome } from "../../src/trace";
import type { Words } from "../l10n";
import type { RunState } from "../state/store";
import { formatDuration } from "../timeline/ticks";

/** The state of the run in a few words: "Completed in 1.2 s". `now` as performance.now(). */
export function runStateText(words: Words, state: RunState, now: number): string {
  switch (state.phase) {
    case "idle":
      return words.notRun;
    case "running":
      return words.running(`${((now - state.since) / 1000).toFixed(1)} s`);
    case "ended":
      return outcomeText(words, state.outcome, formatDuration(state.duration * 1e6));
  }
}

function outcomeText(words: Words, outcome: RunOutcome, time: string): string {
  switch (outcome) {
    case "completed":
      return words.completed(time);
    case "crashed":
      return words.crashedAfter(time);
    case "deadlocked":
      return words.deadlockedAfter(time);
    case "timed-out":
      return words.timedOutAfter(time);
    case "out-of-memory":
      return words.outOfMemoryAfter(time);
    case "killed":
      return words.stoppedAfter(time);
    case "not-compiled":
      return words.notCompiled;
  }
}

/** Codicon and tone of a state; the text says the same. */
export function runStateIcon(state: RunState): { readonly icon: string; readonly tone: "neutral" | "good" | "bad" | "warn" } {
  switch (state.phase) {
    case "idle":
      return { icon: "circle-outline", tone: "neutral" };
    case "running":
      return { icon: "loading codicon-modifier-spin", tone: "neutral" };
    case "ended":
      switch (state.outcome) {
        case "completed":
          return { icon: "pass", tone: "good" };
        case "killed":
          return { icon: "debug-stop", tone: "neutral" };
        case "timed-out":
          return { icon: "watch", tone: "warn" };
        case "crashed":
        case "deadlocked":
        case "out-of-memory":
        case "not-compiled":
          return { icon: "error", tone: "bad" };
      }
  }
}
