const before = "x"; try { Atomics.nothing(before.length); } catch (error) { place(error); } // On the first line, too, where the code begins.
// Messages of errors quote what was written, and name where, whoever hears of them: in modules, in evaluated Workers, uncaught.
import { Worker } from "node:worker_threads";

function place({ message, stack }) {
  console.log(message, /^ +at .*/m.exec(stack)[0].replace(/.*[/[]/, ""));
}

const heard = (event, cause) =>
  new Promise((resolve) => {
    process.once(event, (error) => resolve(place(error)));
    setTimeout(cause, 1);
  });

await heard("uncaughtException", () => Atomics.nothing(1));
await heard("unhandledRejection", async () => {
  const list = [];
  list.at(0).go(before);
});
for (const text of ["Atomics.nothing()", "const list = [];\n  list[0].go(Atomics)"]) {
  const worker = new Worker(text, { eval: true });
  place(await new Promise((resolve) => worker.once("error", resolve)));
}
