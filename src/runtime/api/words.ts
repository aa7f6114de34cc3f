import { setMemoryLocale } from "../memory/phrases";

/** What the snippet API says when something goes wrong. */
interface Words {
  crashed(task: string, reason: string): string;
  killed(task: string): string;
  joinTimedOut(task: string, ms: number): string;
  receiveTimedOut(queue: string, ms: number): string;
  notOwner(lock: string, holder: string | undefined): string;
  holderDied(lock: string, holder: string): string;
  permitsLost(semaphore: string, holder: string): string;
  closed(queue: string): string;
  noFunction(type: string): string;
  function(call: string, got: string): string;
  name(of: string, got: string): string;
  address(call: string, got: string): string;
  number(what: string, got: string): string;
  milliseconds(what: string, got: string): string;
  notSpawnable(name: string): string;
  wholeNumber(what: string, least: number, got: string): string;
  tooLarge(what: string, most: number, got: string): string;
  tooManyPermits(semaphore: string): string;
  tooManyReads(lock: string): string;
  notReader(lock: string): string;
  notWriter(lock: string, writer: string | undefined): string;
  needsMutex: string;
  waitNeedsMutex(condition: string, mutex: string, holder: string | undefined): string;
  barrierTimedOut(barrier: string, ms: number): string;
  connectionTimedOut(address: string, ms: number): string;
  bytesOnly: string;
  socketStays: string;
  socketsMeet: string;
  unknownEntry(key: string): string;
  neverSettled: string;
  exited(code: number): string;
}

const en: Words = {
  crashed: (task, reason) => `${task} crashed: ${reason}`,
  killed: (task) => `${task} was killed`,
  joinTimedOut: (task, ms) => `${task} did not end within ${ms} ms`,
  receiveTimedOut: (queue, ms) => `no message in ${queue} within ${ms} ms`,
  notOwner: (lock, holder) =>
    holder === undefined ? `${lock} is not locked: only the task that holds it can unlock it` : `${lock} is held by ${holder}: only the task that holds it can unlock it`,
  holderDied: (lock, holder) => `${lock} will never be free again: ${holder} died while holding it`,
  permitsLost: (semaphore, holder) => `${semaphore} will never have that many permits again: ${holder} died while holding some`,
  closed: (queue) => `${queue} is closed`,
  noFunction: (type) => `spawn needs a function, not ${type === "object" ? "an object" : type === "undefined" ? type : `a ${type}`}`,
  function: (call, got) => `${call} needs a function to call, as in ${call}(() => …), not ${got}`,
  name: (of, got) => `${of}: the name must be a string, not ${got}`,
  address: (call, got) => `${call} needs an address, which may be any string, as in ${call}("server"), not ${got}`,
  number: (what, got) => `${what} must be a number, not ${got}`,
  milliseconds: (what, got) => `${what} must be a number of milliseconds, not ${got}`,
  notSpawnable: (name) =>
    `${name === "" ? "this function" : name} can't be started in another task: write it at the top level of the module, or inline in spawn(…), without \`this\` and without assigning to variables around it`,
  tooLarge: (what, most, got) => `${what} must be at most ${most}, not ${got}`,
  wholeNumber: (what, least, got) => `${what} must be a whole number of at least ${least}, not ${got}`,
  tooManyPermits: (semaphore) => `${semaphore} would have more permits than it can count`,
  tooManyReads: (lock) => `this task reads ${lock} too many times at once`,
  notReader: (lock) => `this task does not hold ${lock} for reading: there is nothing to unlock`,
  notWriter: (lock, writer) =>
    writer === undefined ? `${lock} is not locked for writing: there is nothing to unlock` : `${lock} is held for writing by ${writer}: only that task can unlock it`,
  needsMutex: "a Condition needs the Mutex that guards what is waited for",
  waitNeedsMutex: (condition, mutex, holder) =>
    `${condition}.wait() releases ${mutex} while it waits, so the task must hold it; ${holder === undefined ? "nobody does" : `${holder} does`}`,
  barrierTimedOut: (barrier, ms) => `not everybody came to ${barrier} within ${ms} ms`,
  connectionTimedOut: (address, ms) => `nobody came to the other end of "${address}" within ${ms} ms`,
  bytesOnly: "only a string or a Uint8Array can be written",
  socketStays: "a Socket belongs to the task that opened it and can't be passed on",
  socketsMeet: "a Socket comes from Socket.accept(address) or Socket.connect(address)",
  unknownEntry: (key) => `there is no code for the task ${key}`,
  neverSettled: "its promise was never settled: nothing is left that could settle it",
  exited: (code) => `process.exit(${code})`,
};

const zh: Words = {
  crashed: (task, reason) => `${task} 崩溃了：${reason}`,
  killed: (task) => `${task} 被终止了`,
  joinTimedOut: (task, ms) => `${task} 在 ${ms} 毫秒内没有结束`,
  receiveTimedOut: (queue, ms) => `${queue} 在 ${ms} 毫秒内没有消息`,
  notOwner: (lock, holder) => (holder === undefined ? `${lock} 没有被锁住：只有持有它的任务才能解锁` : `${lock} 由 ${holder} 持有：只有持有它的任务才能解锁`),
  holderDied: (lock, holder) => `${lock} 再也不会被释放：${holder} 在持有它时结束了`,
  permitsLost: (semaphore, holder) => `${semaphore} 再也不会有这么多许可：${holder} 在持有许可时结束了`,
  closed: (queue) => `${queue} 已关闭`,
  noFunction: (type) => `spawn 需要一个函数，而不是 ${type}`,
  function: (call, got) => `${call} 需要一个要调用的函数，例如 ${call}(() => …)，而不是 ${got}`,
  name: (of, got) => `${of}：名称必须是字符串，而不是 ${got}`,
  address: (call, got) => `${call} 需要一个地址，可以是任意字符串，例如 ${call}("server")，而不是 ${got}`,
  number: (what, got) => `${what} 必须是数字，而不是 ${got}`,
  milliseconds: (what, got) => `${what} 必须是毫秒数，而不是 ${got}`,
  notSpawnable: (name) => `${name === "" ? "这个函数" : name} 不能在另一个任务中启动：请把它写在模块的顶层，或直接写在 spawn(…) 中，不使用 \`this\`，也不给外面的变量赋值`,
  tooLarge: (what, most, got) => `${what} 最多为 ${most}，而不是 ${got}`,
  wholeNumber: (what, least, got) => `${what} 必须是不小于 ${least} 的整数，而不是 ${got}`,
  tooManyPermits: (semaphore) => `${semaphore} 的许可数超出了可计数的范围`,
  tooManyReads: (lock) => `这个任务同时读取 ${lock} 的次数太多`,
  notReader: (lock) => `这个任务没有持有 ${lock} 的读锁：没有什么可以解锁`,
  notWriter: (lock, writer) => (writer === undefined ? `${lock} 没有被写锁定：没有什么可以解锁` : `${lock} 的写锁由 ${writer} 持有：只有该任务才能解锁`),
  needsMutex: "Condition 需要保护所等待内容的 Mutex",
  waitNeedsMutex: (condition, mutex, holder) => `${condition}.wait() 在等待时会释放 ${mutex}，所以任务必须持有它；现在${holder === undefined ? "没有任务持有它" : `由 ${holder} 持有`}`,
  barrierTimedOut: (barrier, ms) => `在 ${ms} 毫秒内并非所有任务都到达了 ${barrier}`,
  connectionTimedOut: (address, ms) => `在 ${ms} 毫秒内没有任务来到“${address}”的另一端`,
  bytesOnly: "只能写入字符串或 Uint8Array",
  socketStays: "Socket 属于打开它的任务，不能传给别的任务",
  socketsMeet: "Socket 由 Socket.accept(address) 或 Socket.connect(address) 得到",
  unknownEntry: (key) => `没有任务 ${key} 的代码`,
  neverSettled: "它的 promise 一直没有结果：已经没有什么能让它有结果了",
  exited: (code) => `process.exit(${code})`,
};

export let words: Words = en;

export function setLocale(locale: string): void {
  words = locale.toLowerCase().startsWith("zh") ? zh : en;
  setMemoryLocale(locale);
}
