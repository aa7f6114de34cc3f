// What main wrote before spawn is seen
import { spawn, shared } from "concurrency-playground";

const config = shared({ size: 3, names: ["a", "b"] });
config.size = 4;
function work() { return config.size + config.names.length; }
const tasks = [spawn(work), spawn(work)];
console.log(tasks.map((task) => task.join()));
