export * from "./frames";
export * from "./late-chunks";
export * from "./requests";
export * from "./spool";
