import { move } from "piscina";
import { setTimeout as delay } from "node:timers/promises";

export default (n) => n * n;
export const multiply = ({ a, b }) => a * b;
export const data = () => move(new Uint8Array([1, 2, 3]));
export const fail = (text) => {
  throw new TypeError(text);
};
export const sleep = (ms) => delay(ms);
export const size = (buffer) => buffer.byteLength;
export const count = (shared) => Atomics.add(shared, 0, 1);
