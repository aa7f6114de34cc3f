export * from "./arena";
export * from "./layout";
export * from "./messages";
export * from "./ops";
export { endTask } from "./tasks";
