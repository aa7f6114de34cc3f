export * from "./arena";
export * from "./codes";
export * from "./layout";
export * from "./messages";
export * from "./ops";
export { STREAM_CAPACITY, isTied, spanOf, type Span } from "./stream";
export * from "./stream-bytes";
export { endTask } from "./tasks";
