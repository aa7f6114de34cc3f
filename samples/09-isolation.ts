// A task writes to a variable, a list and an object. Look at what main prints, and at Memory: one space, or one per process.
// As threads all live in one memory, so main sees what the task wrote.
// As processes the task has a memory of its own: main's values stay as they were. Nothing can break them from outside.
import { spawn, shared } from "concurrency-playground";

let greeting = shared("hello");
const names = shared<string[]>(["Ada"]);
const account = shared({ balance: 100 });

function change() {
  greeting = "good bye";
  names.push("Grace");
  account.balance -= 30;
  console.log(`The task sees: ${greeting}, ${names.length} names, balance ${account.balance}`);
}

spawn(change).join();
console.log(`Main sees: ${greeting}, ${names.length} names, balance ${account.balance}`);
