// Only read: a Map, a Set, a text, an object
import { spawn, shared } from "concurrency-playground";

const prices = shared(new Map([["tea", 2]]));
const open = shared(new Set(["Mo", "Tu"]));
const title = shared("prices");
const shop = shared({ address: { city: "Xi'an" } });
function work() { return `${title} ${prices.get("tea")} ${open.has("Mo")} ${open.size} ${shop.address.city} ${[...open].join()}`; }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();
