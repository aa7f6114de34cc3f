// Copies of a program that spawns nothing
import { shared, self, Mutex } from "concurrency-playground";

let visits = shared(0);
const lock = new Mutex();
lock.withLock(() => { visits++; });
console.log(self().id);
lock.withLock(() => console.log(visits));
