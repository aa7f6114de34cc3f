// Copies of a program that spawns nothing meet: whoever is there first waits for the others
import { Barrier, shared, self } from "concurrency-playground";

const meet = new Barrier(2);
const seen = shared([0, 0]);
meet.wait();
seen[self().id] = 1;
meet.wait();
console.log(seen[0]! + seen[1]!);
