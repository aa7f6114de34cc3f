export * from "./findings";
export { LiveAnalysis, type LiveAnalysisOptions, type SlotStatistics } from "./live";
export * from "./views";
