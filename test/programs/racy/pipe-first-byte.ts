// races: data. The first byte was written before the data, the second after it
import { spawn, shared, Pipe } from "concurrency-playground";

let data = shared(0);
const pipe = new Pipe();
function writer() {
  pipe.write("a");
  data = 1;
  pipe.write("b");
  pipe.close();
}
function reader() {
  pipe.read(1);
  console.log(data);
}
const tasks = [spawn(writer), spawn(reader)];
for (const task of tasks) task.join();
