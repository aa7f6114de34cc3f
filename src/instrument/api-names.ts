/** The module that snippets import. */
export const API_MODULE = "concurrency-playground";

/** What may be imported from it: the values … */
export const API_VALUES: ReadonlySet<string> = new Set([
  "spawn", "Thread", "Process", "self", "shared", "sharedMemory", "Atomic", "Mutex", "SpinLock", "Semaphore",
  "ReadWriteLock", "Condition", "Barrier", "Latch", "MessageQueue", "Pipe", "Socket", "sleep", "yieldNow", "mark",
  "TaskCrashed", "TimeoutError", "NotOwnerError", "ClosedError",
]);
/** … and the types. */
export const API_TYPES: ReadonlySet<string> = new Set(["Task", "TaskKind"]);

/** Classes whose instances have an identity that all tasks share. */
export const API_OBJECTS: ReadonlySet<string> = new Set([
  "Atomic", "Mutex", "SpinLock", "Semaphore", "ReadWriteLock", "Condition", "Barrier", "Latch", "MessageQueue", "Pipe",
]);

export const SPAWNS: ReadonlySet<string> = new Set(["spawn", "Thread.spawn", "Process.spawn"]);
export const SHARED: ReadonlySet<string> = new Set(["shared", "sharedMemory"]);

/** Methods of typed arrays and DataViews that read or write elements: the runtime records for them, as they are the engine's own code. */
export const MEMORY_METHODS: ReadonlySet<string> = new Set([
  "at", "copyWithin", "entries", "every", "fill", "filter", "find", "findIndex", "findLast", "findLastIndex", "forEach",
  "includes", "indexOf", "join", "lastIndexOf", "map", "reduce", "reduceRight", "reverse", "set", "slice", "some", "sort",
  "toLocaleString", "toReversed", "toSorted", "toString", "values", "with",
  ...["Int8", "Uint8", "Int16", "Uint16", "Int32", "Uint32", "Float32", "Float64", "BigInt64", "BigUint64"].flatMap((type) => [
    `get${type}`,
    `set${type}`,
  ]),
  ...["Int8", "UInt8", "Int16LE", "Int16BE", "UInt16LE", "UInt16BE", "Int32LE", "Int32BE", "UInt32LE", "UInt32BE", "IntLE", "IntBE",
    "UIntLE", "UIntBE", "FloatLE", "FloatBE", "DoubleLE", "DoubleBE", "BigInt64LE", "BigInt64BE", "BigUInt64LE", "BigUInt64BE"].flatMap((type) => [
    `read${type}`,
    `write${type}`,
  ]),
  "write", "copy", "equals", "compare", "swap16", "swap32", "swap64", "toJSON",
]);
