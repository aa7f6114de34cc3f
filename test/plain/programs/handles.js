process.on("uncaughtException", (error) => {
  console.log("handled", error.message, process.listenerCount("uncaughtException"));
  process.exitCode = 3;
});
let again = 0;
process.on("beforeExit", () => {
  if (again++ < 2) setTimeout(() => console.log("beforeExit", again), 1);
});
setTimeout(() => console.log("later"), 5);
throw new Error("for the handler");
