export { createInstrumentation } from "./instrumentation";
export { SEGMENT_OPERATIONS } from "./segment-atomics";
export type { SegmentAtomicDriver, SegmentAtomicResult } from "./segment-atomics";
export type { AtomicOrder, Instrumentation, TaskInstrumentation } from "./types";
