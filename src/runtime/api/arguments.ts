import { inspect } from "node:util";
import { words } from "./words";

// What a call of the API is given is checked here: types do not bind a snippet that is run in spite of the editor's errors, or written in JavaScript.

/** Counts are words of shared memory. */
const MOST = 0x7fff_ffff;

/** Throws TypeError for what is no number, RangeError for one that is not whole or not within [least, 2³¹). */
export function wholeNumber(value: number, what: string, least: number): number {
  if (Number.isInteger(value) && value >= least && value <= MOST) return value;
  if (typeof value !== "number") throw new TypeError(words.wholeNumber(what, least, shown(value)));
  throw new RangeError(value > MOST && Number.isInteger(value) ? words.tooLarge(what, MOST, String(value)) : words.wholeNumber(what, least, String(value)));
}

/**
 * Milliseconds as waits take them: undefined and Infinity wait for ever, negative ones (what is left of a time that is over) not at all.
 * Throws TypeError for what is no number, RangeError for NaN.
 */
export function timeout(ms: number | undefined, what = "timeoutMs"): number | undefined {
  if (ms === undefined || ms === Infinity) return undefined;
  return milliseconds(ms, what);
}

/** As `timeout`, but a time has to be given. */
export function milliseconds(ms: number, what: string): number {
  if (typeof ms !== "number") throw new TypeError(words.milliseconds(what, shown(ms)));
  if (Number.isNaN(ms)) throw new RangeError(words.milliseconds(what, "NaN"));
  return ms > 0 ? ms : 0;
}

/** A value of an Atomic: a number, of which the low 32 bits count, as in an Int32Array. */
export function int32(value: number, what: string): number {
  if (typeof value !== "number") throw new TypeError(words.number(what, shown(value)));
  return value | 0;
}

/** `of`: what is named. */
export function checkName(name: string, of: string): void {
  if (typeof name !== "string") throw new TypeError(words.name(of, shown(name)));
}

/** `call`: the method that is given it. */
export function checkAddress(address: string, call: string): void {
  if (typeof address !== "string") throw new TypeError(words.address(call, shown(address)));
}

/** `call`: the method that is given it. */
export function checkFunction(fn: unknown, call: string): void {
  if (typeof fn !== "function") throw new TypeError(words.function(call, shown(fn)));
}

/** A value as messages quote it: on one line, and short. */
function shown(value: unknown): string {
  return inspect(value, { depth: 0, breakLength: Infinity, compact: true, maxStringLength: 40, maxArrayLength: 3 }).replace(/\s+/g, " ");
}

/** Gives an object of the API members that can't be set: to try throws a TypeError of the engine's that names the member. */
export function setOnce<T extends object, K extends keyof T & string>(object: T, members: Pick<T, K>): void {
  for (const member of Object.keys(members) as K[]) Object.defineProperty(object, member, { value: members[member], enumerable: true });
}
