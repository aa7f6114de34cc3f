export { buildReport, type ReportInput } from "./build";
export { compareModes, comparisonReport, spreadOf, type Exchanges } from "./comparison";
export { ReportCollector, type CollectedOutput, type CollectedTask } from "./collector";
export type { Finding, LocatedFinding, Report } from "./contract";
export { describeFinding, type DescribeContext } from "./describe";
export { goneFindings } from "./gone";
export { formatReport, type FormatOptions } from "./format";
export type { TraceNames } from "./names";
