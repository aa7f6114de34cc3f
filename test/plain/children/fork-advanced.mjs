// What structured cloning can and JSON can't; what neither can; a message while nobody listens.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

if (process.argv[2] === "child") {
  process.send(new Map([["big", 2n ** 70n]]));
  setTimeout(() => process.on("message", (message) => {
    process.send([message instanceof Set, [...message]]);
    process.channel.unref();
  }), 20);
} else {
  const child = fork(fileURLToPath(import.meta.url), ["child"], { serialization: "advanced" });
  child.on("message", (message) => console.log(message));
  child.send(new Set([1, new Date(0)]));
  try {
    child.send(() => {});
  } catch (error) {
    console.log(error.name, error.message);
  }
  try {
    child.send(undefined);
  } catch (error) {
    console.log(error.code);
  }
  child.on("exit", (code) => {
    console.log("exit", code);
    child.on("error", (error) => console.log(error.code, error.message));
    console.log(child.send("nobody is there"));
  });
}
