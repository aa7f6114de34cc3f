// waits: meet. Two copies, a barrier of three
import { self, Barrier } from "concurrency-playground";

const meet = new Barrier(3);
console.log(self().id);
meet.wait();
