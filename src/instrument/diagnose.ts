import type { t } from "./babel";
import { diagnoseClones } from "./diagnose-clones";
import { diagnoseImports } from "./diagnose-imports";
import { diagnoseInitialisers } from "./diagnose-initialisers";
import { diagnoseShared } from "./diagnose-shared";
import { diagnoseUnshared } from "./diagnose-unshared";
import type { EntryPlan } from "./entries";
import type { Program } from "./program";
import type { SpawnCall } from "./spawns";

/** Finds the mistakes that can be seen without running the snippet (those about captures are found with the captures). */
export function diagnose(program: Program, spawns: ReadonlyMap<t.CallExpression, SpawnCall>, plans: ReadonlyMap<string, EntryPlan>): void {
  for (const module of program.modules) {
    diagnoseImports(program, module);
    diagnoseShared(program, module);
  }
  diagnoseClones(program, spawns);
  const certain = new Map([...plans].filter(([, plan]) => plan.certain));
  diagnoseInitialisers(program, certain);
  diagnoseUnshared(program, spawns, certain);
  program.diagnostics.sort((a, b) => (a.file === b.file ? a.line - b.line || a.column - b.column : 0));
}
