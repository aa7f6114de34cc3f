// A train has one restroom (a mutex: one passenger at a time) and a cafeteria with three seats (a semaphore of 3).
// Look at the bands: `restroom` has at most one holder, `cafeteria` at most three; everybody else waits in line.
// Look at a waiting passenger's arrow: it begins where the one before unlocks or releases.
import { spawn, sleep, mark, Mutex, Semaphore } from "concurrency-playground";

const restroom = new Mutex();
const cafeteria = new Semaphore(3);

function passenger(name: string) {
  cafeteria.acquire();
  mark(`${name} eats`);
  console.log(`${name} sits down in the cafeteria`);
  sleep(40);
  cafeteria.release();

  restroom.lock();
  mark(`${name} washes`);
  console.log(`${name} is in the restroom`);
  sleep(15);
  restroom.unlock();
}

const names = ["Ada", "Edsger", "Barbara", "Tony", "Leslie", "Grace"];
const passengers = names.map((name) => {
  const task = spawn(passenger, name);
  task.name = name;
  return task;
});
for (const task of passengers) task.join();
console.log("The train arrives");
