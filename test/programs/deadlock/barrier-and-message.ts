// waits: meet, replies. One is at the barrier, the other waits for its message
import { spawn, Barrier, MessageQueue } from "concurrency-playground";

const meet = new Barrier(2);
const replies = new MessageQueue<number>();
function one() { meet.wait(); replies.send(1); }
function two() { replies.receive(); meet.wait(); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();
