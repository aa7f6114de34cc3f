// finds: lock. One way out of the function forgets the unlock
import { spawn, Mutex } from "concurrency-playground";

const lock = new Mutex();
function withdraw(amount: number, balance: number) {
  lock.lock();
  if (amount > balance) return "no";
  lock.unlock();
  return "yes";
}
console.log(spawn(withdraw, 5, 10).join(), spawn(withdraw, 20, 10).join());
