export * from "./types";
export { buildArrows, buildLockSpans, lockStateAt } from "./locks";
export { memoryAt, type GuardLookup } from "./memory";
export { buildTaskSpans, unstartedTasks } from "./tasks";
