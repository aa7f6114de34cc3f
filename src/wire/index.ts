export * from "./frames";
export * from "./requests";
