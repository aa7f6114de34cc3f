// Four readers and a writer. Look at the bands of `page`: readers hold it together, the writer holds it alone.
// No reader ever sees half of a change: title and text always belong together.
// Put lockWrite() into the readers and look again: they stand in line, though they would not disturb each other.
import { spawn, sleep, sharedMemory, ReadWriteLock } from "concurrency-playground";

const page = new ReadWriteLock();
const article = sharedMemory({ title: 1, text: 1 });

function reader(): boolean {
  let sound = true;
  for (let i = 0; i < 4; i++) {
    page.lockRead();
    const title = article.title;
    sleep(10);
    sound &&= article.text === title;
    page.unlockRead();
    sleep(5);
  }
  return sound;
}

function writer() {
  for (let version = 2; version <= 4; version++) {
    page.lockWrite();
    article.title = version;
    sleep(10);
    article.text = version;
    page.unlockWrite();
    sleep(15);
  }
}

const readers = [spawn(reader), spawn(reader), spawn(reader), spawn(reader)];
const author = spawn(writer);
const sound = readers.map((task) => task.join());
author.join();
console.log(sound.every((one) => one) ? `All readers saw whole pages; version ${article.title}` : "A reader saw half a change");
