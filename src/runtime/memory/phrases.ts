/** What shared memory says when something can't be done. */
interface Phrases {
  full(megabytes: number): string;
  typedFull(megabytes: number): string;
  needsVariable(name: string): string;
  nameNotString(call: string): string;
  cannotShare(what: string, place: string): string;
  aFunction(name: string): string;
  aSymbol: string;
  anObject(className: string): string;
  symbolKey(object: string): string;
  accessor(place: string): string;
  attributes(place: string): string;
  /** The segment's file can't grow. */
  noRoom(folder: string): string;
  noBuffer: string;
  tooLong(array: string, elements: number): string;
  onlyElements(array: string, key: string): string;
  notAssignable(name: string): string;
  notFixed(object: string): string;
  prototype(object: string): string;
}

const en: Phrases = {
  full: (megabytes) => `The shared memory is full: it holds ${megabytes} MB.`,
  typedFull: (megabytes) => `Shared typed arrays hold at most ${megabytes} MB together.`,
  needsVariable: (name) => `A shared value that is no object or array needs a variable of its own: write \`let ${name} = shared(…)\`.`,
  nameNotString: (call) => `The name that ${call}(…) is given must be a string.`,
  cannotShare: (what, place) =>
    `${what} can't be in shared memory ('${place}'): it holds numbers, strings, booleans, bigints, null, undefined, and plain objects, arrays, Maps, Sets and typed arrays of these.`,
  aFunction: (name) => (name === "" ? "A function" : `The function ${name}`),
  aSymbol: "A symbol",
  anObject: (className) => `An object of class ${className}`,
  symbolKey: (object) => `A symbol can't name a field of the shared object '${object}'.`,
  accessor: (place) => `A getter or setter can't be in shared memory ('${place}').`,
  attributes: (place) => `'${place}' can't be hidden or made read-only: tasks may always read and write shared memory.`,
  noRoom: (folder) => `There is no room left for shared memory: ${folder} is full.`,
  noBuffer: "Between processes the memory of a typed array in sharedMemory() can't be handed on as a SharedArrayBuffer, since Node can't map a segment: make views with subarray() or new Int32Array(array.buffer, …), copies with slice().",
  tooLong: (array, elements) => `The shared array '${array}' is too long: ${elements} elements.`,
  onlyElements: (array, key) => `Only elements of the shared array '${array}' can be set, not '${key}'.`,
  notAssignable: (name) => `'${name}' can't be assigned here.`,
  notFixed: (object) => `The shared object '${object}' can't be frozen or sealed: tasks may always write to shared memory.`,
  prototype: (object) => `The shared object '${object}' can't have another prototype: shared memory holds data alone.`,
};

const zh: Phrases = {
  full: (megabytes) => `共享内存已满：容量为 ${megabytes} MB。`,
  typedFull: (megabytes) => `共享的类型化数组合计最多 ${megabytes} MB。`,
  needsVariable: (name) => `既不是对象也不是数组的共享值需要自己的变量：请写成 \`let ${name} = shared(…)\`。`,
  nameNotString: (call) => `传给 ${call}(…) 的名称必须是字符串。`,
  cannotShare: (what, place) => `${what}不能放入共享内存（'${place}'）：其中只能有数字、字符串、布尔值、bigint、null、undefined，以及由它们组成的普通对象、数组、Map、Set 和类型化数组。`,
  aFunction: (name) => (name === "" ? "函数" : `函数 ${name} `),
  aSymbol: "symbol ",
  anObject: (className) => `类 ${className} 的对象`,
  symbolKey: (object) => `symbol 不能作为共享对象 '${object}' 的字段名。`,
  accessor: (place) => `getter 或 setter 不能放入共享内存（'${place}'）。`,
  attributes: (place) => `'${place}' 不能隐藏或设为只读：任务随时可以读写共享内存。`,
  noRoom: (folder) => `共享内存没有剩余空间：${folder} 已满。`,
  noBuffer: "进程之间，sharedMemory() 中类型化数组的内存不能作为 SharedArrayBuffer 交出，因为 Node 无法映射内存段：请用 subarray() 或 new Int32Array(array.buffer, …) 创建视图，用 slice() 创建副本。",
  tooLong: (array, elements) => `共享数组 '${array}' 太长：${elements} 个元素。`,
  onlyElements: (array, key) => `共享数组 '${array}' 只能设置元素，不能设置 '${key}'。`,
  notAssignable: (name) => `此处不能给 '${name}' 赋值。`,
  notFixed: (object) => `共享对象 '${object}' 不能冻结或密封：任务随时可以写入共享内存。`,
  prototype: (object) => `共享对象 '${object}' 不能更换原型：共享内存只存放数据。`,
};

let current = en;

/** The phrases of the run's language. */
export function phrases(): Phrases {
  return current;
}

/** Chinese for locales that begin with "zh", else English. */
export function setMemoryLocale(locale: string): void {
  current = locale.toLowerCase().startsWith("zh") ? zh : en;
}
