export { createRecorder } from "./recorder";
export type { RecorderOptions, TaskRecorder } from "./types";
