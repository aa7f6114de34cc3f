// A class of the program's own over shared memory is constructed only where the program does it.
let made = 0;
class Own extends Int32Array {
  constructor(...args) {
    super(...args);
    made++;
  }
}
const own = new Own(new SharedArrayBuffer(4 * 100));
own.fill(3);
own.set(new Int32Array(50).fill(4), 10);
own.copyWithin(0, 20, 80);
console.log(own.indexOf(3), own.includes(5), own.join("").length, made);
console.log(own.slice(2, 40).constructor.name, own.subarray(1).constructor.name, own.map((value) => value + 1).length, made);
const bytes = Buffer.from(own.buffer);
console.log(bytes.indexOf(4), bytes.toString("hex", 0, 8), bytes.subarray(4).length, made);
