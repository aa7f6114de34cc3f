// ClosedError tells of the close
import { spawn, shared, MessageQueue, ClosedError } from "concurrency-playground";

let data = shared(0);
const queue = new MessageQueue<number>();
function closes() { data = 1; queue.close(); }
function learns() {
  try { queue.receive(); } catch (error) { if (!(error instanceof ClosedError)) throw error; }
  console.log(data);
}
const tasks = [spawn(closes), spawn(learns)];
for (const task of tasks) task.join();
