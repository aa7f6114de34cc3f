// One producer, two consumers, and a queue with room for four messages.
// Look at the arrows: each goes from a send to the receive of that message. As processes the messages cross a real channel.
// Look at who waits: consumers are slower, so the queue fills up and the producer is held back (this is called back-pressure).
import { spawn, sleep, MessageQueue } from "concurrency-playground";

const orders = new MessageQueue<{ number: number; dish: string }>(4);
const dishes = ["soup", "salad", "noodles", "rice"];

function producer() {
  for (let number = 1; number <= 12; number++) {
    orders.send({ number, dish: dishes[number % dishes.length]! });
  }
  orders.close();
}

function consumer(): number {
  let served = 0;
  for (const order of orders) {
    console.log(`serves order ${order.number}: ${order.dish}`);
    sleep(10);
    served++;
  }
  return served;
}

const waiter1 = spawn(consumer);
const waiter2 = spawn(consumer);
const kitchen = spawn(producer);
kitchen.join();
console.log(`Served ${waiter1.join() + waiter2.join()} of 12`);
