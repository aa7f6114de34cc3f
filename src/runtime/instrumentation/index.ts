export { createInstrumentation } from "./instrumentation";
export type { AtomicOrder, Instrumentation, TaskInstrumentation } from "./types";
