// Each task starts at another value of `price`. Run it as processes and look at Memory: every space began as a copy.
// A process gets the values that its parent had at the moment of spawn(), as with fork(); what main writes later it never sees.
// As threads there is one `price`, and each task prints the newest value, whenever it was spawned.
import { spawn, shared, Semaphore } from "concurrency-playground";

let price = shared(10);
const look = new Semaphore(0);

function customer(spawnedAt: number) {
  look.acquire();
  console.log(`Spawned when the price was ${spawnedAt}, sees ${price}`);
}

const tasks = [spawn(customer, 10)];
price = 20;
tasks.push(spawn(customer, 20));
price = 30;
look.release(2);
for (const task of tasks) task.join();
console.log(`Main sees ${price}`);
