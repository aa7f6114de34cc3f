// Who gives up at a barrier does not count as arrived; only joins order
import { spawn, shared, Barrier, TimeoutError } from "concurrency-playground";

let n = shared(0);
const meet = new Barrier(2);
function alone() {
  try { meet.wait(5); } catch (error) { if (!(error instanceof TimeoutError)) throw error; }
  n++;
}
spawn(alone).join();
spawn(alone).join();
