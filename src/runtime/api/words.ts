/** What the snippet API says when something goes wrong. */
interface Words {
  crashed(task: string, reason: string): string;
  killed(task: string): string;
  joinTimedOut(task: string, ms: number): string;
  receiveTimedOut(queue: string, ms: number): string;
  notOwner(lock: string, holder: string | undefined): string;
  holderDied(lock: string, holder: string): string;
  closed(queue: string): string;
  notSpawnable: string;
  wholeNumber(what: string, least: number, got: string): string;
  tooManyPermits(semaphore: string): string;
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
  closed: (queue) => `${queue} is closed`,
  notSpawnable: "spawn needs a function of the module or an inline function",
  wholeNumber: (what, least, got) => `${what} must be a whole number of at least ${least}, not ${got}`,
  tooManyPermits: (semaphore) => `${semaphore} would have more permits than it can count`,
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
  closed: (queue) => `${queue} 已关闭`,
  notSpawnable: "spawn 需要模块中的函数或内联函数",
  wholeNumber: (what, least, got) => `${what} 必须是不小于 ${least} 的整数，而不是 ${got}`,
  tooManyPermits: (semaphore) => `${semaphore} 的许可数超出了可计数的范围`,
  unknownEntry: (key) => `没有任务 ${key} 的代码`,
  neverSettled: "它的 promise 一直没有结果：已经没有什么能让它有结果了",
  exited: (code) => `process.exit(${code})`,
};

export let words: Words = en;

export function setLocale(locale: string): void {
  words = locale.toLowerCase().startsWith("zh") ? zh : en;
}
