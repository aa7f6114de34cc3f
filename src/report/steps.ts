import type { AccessEvidence, AnalysisFinding } from "../analysis";
import { WaitFor } from "../trace";
import type { FindingStep } from "./contract";
import type { Names } from "./names";

/** What happened, step by step with values, in the order of time: for a table with a column per task. Empty where one sentence tells it all. */
export function stepsOf(finding: AnalysisFinding, names: Names): FindingStep[] {
  const { words } = names;
  const step = (task: number, site: number, text: string): FindingStep => {
    const { file, line, column } = names.at(site);
    return { task, text, file, line, column };
  };
  const accessed = (variable: string, access: AccessEvidence): FindingStep => step(access.task, access.site, words.stepAccess(access.op, variable, names.value(access.value)));
  switch (finding.kind) {
    case "data-race": {
      const { variable, accesses, harm } = finding;
      if (!harm) return accesses.map((access) => accessed(variable, access));
      // Where each of the two did it: at its own access if that is one of the pair, else at the one that writes.
      const siteOf = (task: number): number => (accesses.find((access) => access.task === task && access.op !== "read") ?? accesses.find(({ op }) => op !== "read"))?.site ?? 0;
      const { read, first, second } = harm;
      return [
        ...[first, second].map(({ task }) => step(task, siteOf(task), words.stepAccess("read", variable, names.value(read)))),
        ...[first, second].map(({ task, wrote }) => step(task, siteOf(task), words.stepAccess("write", variable, names.value(wrote)))),
      ];
    }
    case "lost-update":
    case "atomicity-violation":
      return finding.accesses.map((access) => accessed(finding.variable, access));
    case "deadlock":
      return finding.waits
        .flatMap((wait) => {
          const target = wait.waitFor === WaitFor.Join ? names.task(wait.argument) : (wait.variable ?? names.object(wait.object));
          return [
            ...wait.holds.map((lock) => ({ time: lock.time, step: step(wait.task, lock.site, words.stepTakes(names.lock(lock))) })),
            { time: wait.since, step: step(wait.task, wait.site, words.stepWaits(words.waitsFor(wait.waitFor, target))) },
          ];
        })
        .sort((x, y) => x.time - y.time)
        .map((timed) => timed.step);
    case "lock-order":
      return [...finding.steps]
        .sort((x, y) => x.time - y.time)
        .flatMap((taken) => [
          ...taken.holds.map((lock) => step(taken.task, lock.site, words.stepTakes(names.lock(lock)))),
          step(taken.task, taken.secondSite, words.stepTakes(names.object(taken.second))),
        ]);
    case "lost-wakeup": {
      const { notify, wait, woken, variable, condition, object } = finding;
      const waitFor = condition ? WaitFor.Condition : object === undefined ? WaitFor.MemoryValue : WaitFor.AtomicValue;
      const steps = [
        { time: notify.time, step: step(notify.task, notify.site, words.stepNotifies(variable, woken && names.task(woken.task))) },
        { time: wait.time, step: step(wait.task, wait.site, words.stepWaits(words.waitsFor(waitFor, variable))) },
      ];
      return steps.sort((x, y) => x.time - y.time).map((timed) => timed.step);
    }
    case "lock-misuse":
    case "crash":
    case "assertion-failed":
      return [];
  }
}
