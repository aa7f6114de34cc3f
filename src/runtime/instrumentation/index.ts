export { createInstrumentation } from "./instrumentation";
export type { Instrumentation, TaskInstrumentation } from "./types";
