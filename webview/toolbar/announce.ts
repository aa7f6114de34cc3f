import type { PanelStore } from "../state/store";
import { runStateText } from "./run-state";

/** What a screen reader is told when it changes: the state of the run and how much was found. Not the ticking time. */
export function announcement(store: PanelStore): string {
  const { words, state, findings } = store;
  const run = state.phase === "running" ? words.waitingForFirst : runStateText(words, state, 0);
  return findings.length > 0 ? `${run} ${words.foundAnnouncement(findings.length)}: ${findings.at(-1)?.message ?? ""}` : run;
}
