export * from "./kinds";
export * from "./layout";
export * from "./memory-map";
export * from "./meta";
export * from "./reader";
export * from "./trace";
export * from "./value";
export * from "./writer";
