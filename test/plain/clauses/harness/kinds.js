const INTEGERS = [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array];
const BIG = [BigInt64Array, BigUint64Array];
const OTHERS = [Float32Array, Float64Array, Uint8ClampedArray];
const READ_MODIFY_WRITE = ["add", "sub", "and", "or", "xor", "exchange"];
/** Arguments after the index. */
const OPERANDS = { load: 0, store: 1, compareExchange: 2, add: 1, sub: 1, and: 1, or: 1, xor: 1, exchange: 1 };
const shared = (Type, length = 4) => new Type(new SharedArrayBuffer(length * Type.BYTES_PER_ELEMENT));
/** An object that tells when it is made a number. */
const told = (log, name, value) => ({ valueOf: () => (log.push(name), value) });
