import type { t } from "./babel";
import type { EntryPlan } from "./entries";
import type { Program } from "./program";
import type { Reaching } from "./reach";
import type { SpawnCall } from "./spawns";

/** Finds the mistakes that can be seen without running the snippet. */
export function diagnose(
  _program: Program,
  _spawns: ReadonlyMap<t.CallExpression, SpawnCall>,
  _plans: ReadonlyMap<string, EntryPlan>,
  _reaching: Reaching,
): void {}
