// races: visits. Copies of a program that spawns nothing
import { shared, self } from "concurrency-playground";

let visits = shared(0);
visits++;
console.log(self().id);
console.log(visits);
