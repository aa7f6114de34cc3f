export * from "./findings";
export { DisciplineTally, type GuardedPlace, type LockDiscipline } from "./lock-discipline";
export { LiveAnalysis, type LiveAnalysisOptions, type SlotStatistics } from "./live";
export * from "./views";
