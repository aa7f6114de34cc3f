/** Why a run ended, for a person. */
export interface RunWords {
  timeLimit(seconds: number): string;
  memoryLimit(megabytes: number): string;
  stopped: string;
  deadlocked: string;
  signal(signal: string): string;
  exit(code: number): string;
  /** The snippet can't be read; the place is told beside it. */
  noSnippet(code: string): string;
  notStarted(reason: string): string;
  broken(reason: string): string;
  diedWithProcess: string;
  /** Name of a process that runs without being recorded. */
  notRecorded(name: string): string;
}

const en: RunWords = {
  timeLimit: (seconds) => `the time limit of ${seconds} s was reached`,
  memoryLimit: (megabytes) => `the memory limit of ${megabytes} MB was reached`,
  stopped: "it was stopped",
  deadlocked: "all remaining tasks wait for each other",
  signal: (signal) => `its process ended by signal ${signal}`,
  exit: (code) => `its process ended with exit code ${code}`,
  noSnippet: (code) => `The snippet can't be read: ${{ ENOENT: "there is no such file", EISDIR: "it is a folder", EACCES: "permission denied" }[code] ?? code}`,
  notStarted: (reason) => `a process could not be started: ${reason}`,
  broken: (reason) => `Concurrency Playground itself failed: ${reason}`,
  diedWithProcess: "its process ended",
  notRecorded: (name) => `${name} (not recorded)`,
};

const zh: RunWords = {
  timeLimit: (seconds) => `达到了 ${seconds} 秒的时间限制`,
  memoryLimit: (megabytes) => `达到了 ${megabytes} MB 的内存限制`,
  stopped: "运行被停止",
  deadlocked: "剩余的任务都在互相等待",
  signal: (signal) => `它的进程因信号 ${signal} 结束`,
  exit: (code) => `它的进程以退出码 ${code} 结束`,
  noSnippet: (code) => `无法读取片段：${{ ENOENT: "没有这个文件", EISDIR: "它是一个文件夹", EACCES: "没有权限" }[code] ?? code}`,
  notStarted: (reason) => `无法启动进程：${reason}`,
  broken: (reason) => `Concurrency Playground 自身出错：${reason}`,
  diedWithProcess: "它的进程已结束",
  notRecorded: (name) => `${name}（未记录）`,
};

export function runWords(locale: string | undefined): RunWords {
  return locale?.toLowerCase().startsWith("zh") ? zh : en;
}
