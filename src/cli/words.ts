/** What the command line itself says, apart from findings and reports. */
export interface CliWords {
  usage: string;
  hint: string;
  noCommand: string;
  unknownCommand(command: string): string;
  commandNotYet(command: string): string;
  optionNotYet(option: string): string;
  notWithCompare(option: string): string;
  onlyWithCompare(option: string): string;
  oneFile: string;
  /** `kind`: a positive number, a positive whole one, or a whole one that may be 0. */
  badNumber(option: string, value: string, kind: "any" | "whole" | "seed"): string;
  badMode(value: string): string;
  cantWrite(file: string, reason: string): string;
  warning: string;
}

const en: CliWords = {
  usage: `Runs a TypeScript snippet for real, as threads or as processes, and tells what happened.

Usage: concurrency-playground run FILE [options] [-- ARGS…]
       concurrency-playground compare FILE [--runs N] [options] [-- ARGS…]
                           both ways, repeatedly, side by side: what they cost, what they left

Options:
  --as threads|processes   what spawn() makes; default: threads
  --tasks N                a snippet that spawns nothing runs as N copies of itself; default: 2
  --runs N                 compare: how often each way; default: 5
  --perturb SEED           seeded random delays before atomics, locks and messages
  --time-limit SECONDS     default: 60
  --memory-limit MB        for the whole run; default: 1024
  --json                   print one JSON document, the report, and nothing else
  --trace FILE             save the trace
  --perfetto FILE          save it as JSON for https://ui.perfetto.dev and chrome://tracing
  --html FILE              save a page that tells of the run, with its timeline
                           (compare: of the first run each way, with .threads and .processes in the names of the files)
  -h, --help               show this
  -v, --version            show the version
  -- ARGS…                 arguments of the snippet

The output of all tasks appears as they print it, on standard output and standard error, unchanged; findings and a summary
follow on standard output. With --json the report says which task printed what.

Exit status: 0 nothing found, 1 something found or the run did not complete, 2 unusable arguments or a snippet that does
not compile. Ctrl+C ends the run and all its processes (exit status 130).`,
  hint: "Try: concurrency-playground --help",
  noCommand: "What should be done? A command is missing.",
  unknownCommand: (command) => `There is no command "${command}".`,
  commandNotYet: (command) => `The command "${command}" is not available in this version yet.`,
  optionNotYet: (option) => `${option} is not available in this version yet.`,
  notWithCompare: (option) => `compare runs the snippet both ways, several times: ${option} is for "run".`,
  onlyWithCompare: (option) => `${option} is for "compare".`,
  oneFile: "Exactly one FILE is needed.",
  badNumber: (option, value, kind) => `${option} needs a ${{ any: "positive number", whole: "positive whole number", seed: "whole number of at least 0" }[kind]}, not "${value}".`,
  badMode: (value) => `--as takes "threads" or "processes", not "${value}".`,
  cantWrite: (file, reason) => `${file} can't be written: ${reason}`,
  warning: "warning",
};

const zh: CliWords = {
  usage: `真实地运行一个 TypeScript 片段（以线程或进程的方式），并说明发生了什么。

用法：concurrency-playground run 文件 [选项] [-- 参数…]
      concurrency-playground compare 文件 [--runs N] [选项] [-- 参数…]
                           以两种方式反复运行并对比：各自的开销与结果

选项：
  --as threads|processes   spawn() 创建什么；默认：threads（线程）
  --tasks N                自己不创建任务的片段会运行 N 份；默认：2
  --runs N                 compare：每种方式运行几次；默认：5
  --perturb 种子           在原子操作、锁和消息之前加入由种子决定的随机延迟
  --time-limit 秒          默认：60
  --memory-limit MB        整个运行的内存限制；默认：1024
  --json                   只输出一个 JSON 文档，即报告
  --trace 文件             保存轨迹
  --perfetto 文件          保存为 JSON，可用 https://ui.perfetto.dev 和 chrome://tracing 打开
  --html 文件              保存说明本次运行的网页，含时间线
                           （compare：每种方式的第一次运行，文件名中加上 .threads 和 .processes）
  -h, --help               显示本说明
  -v, --version            显示版本
  -- 参数…                 片段的参数

所有任务的输出会按打印时的原样出现在标准输出和标准错误上；之后在标准输出上给出发现的问题和摘要。
使用 --json 时，报告会说明每段输出来自哪个任务。

退出状态：0 没有发现问题；1 发现了问题或运行没有完成；2 参数不可用或片段无法编译。
按 Ctrl+C 会结束运行及其所有进程（退出状态 130）。`,
  hint: "请尝试：concurrency-playground --help",
  noCommand: "缺少命令。",
  unknownCommand: (command) => `没有命令“${command}”。`,
  commandNotYet: (command) => `命令“${command}”在此版本中尚不可用。`,
  optionNotYet: (option) => `${option} 在此版本中尚不可用。`,
  notWithCompare: (option) => `compare 会以两种方式多次运行片段：${option} 用于“run”。`,
  onlyWithCompare: (option) => `${option} 用于“compare”。`,
  oneFile: "需要且只需要一个文件。",
  badNumber: (option, value, kind) => `${option} 需要${{ any: "一个正数", whole: "一个正整数", seed: "一个不小于 0 的整数" }[kind]}，而不是“${value}”。`,
  badMode: (value) => `--as 只接受 "threads" 或 "processes"，而不是“${value}”。`,
  cantWrite: (file, reason) => `无法写入 ${file}：${reason}`,
  warning: "警告",
};

/** The language that the environment asks for, as POSIX orders its variables. */
export function environmentLocale(env: NodeJS.ProcessEnv): string {
  const name = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return name.toLowerCase().startsWith("zh") ? "zh-cn" : "en";
}

export function cliWords(locale: string): CliWords {
  return locale.startsWith("zh") ? zh : en;
}
