import type { LockDiscipline } from "../analysis";
import type { Discipline } from "./contract";
import { Names, type TraceNames } from "./names";
import { wordsOf } from "./words";

/** A lock discipline with names and places instead of ids. */
export function disciplineOf({ lock, held, places, without }: LockDiscipline, trace: TraceNames): Discipline {
  const names = new Names(trace, wordsOf(undefined));
  return {
    lock: names.object(lock),
    held,
    places,
    without: without.map((site) => {
      const { file, line, column, text } = names.at(site);
      return { file, line, column, text };
    }),
  };
}
