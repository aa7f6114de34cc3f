// waits: requests, replies
import { spawn, MessageQueue } from "concurrency-playground";

const requests = new MessageQueue<number>(1);
const replies = new MessageQueue<number>(1);
function serve() { for (const n of requests) { replies.send(n); replies.send(n); } }
spawn(serve);
for (let i = 0; i < 4; i++) requests.send(i);
replies.receive();
