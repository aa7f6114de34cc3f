export * from "./frames";
export * from "./requests";
export * from "./spool";
