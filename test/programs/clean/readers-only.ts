import { spawn, shared } from "concurrency-playground";

const table = shared({ rows: [1, 2, 3], name: "squares" });
function sum() { let total = 0; for (const row of table.rows) total += row; return total + table.name.length; }
const tasks = [spawn(sum), spawn(sum), spawn(sum)];
console.log(tasks.map((task) => task.join()));
