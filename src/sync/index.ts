export * from "./arena";
export * from "./codes";
export * from "./layout";
export * from "./messages";
export * from "./ops";
export { STREAM_CAPACITY, endsOf, spanOf, type Span, type StreamEnds } from "./stream";
export * from "./stream-bytes";
export { endTask, heldAtDeath, type HeldAtDeath } from "./tasks";
