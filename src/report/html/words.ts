/** Headings of the page; its sentences are the report's. */
export interface PageWords {
  readonly language: string;
  title(file: string): string;
  readonly findings: string;
  readonly timeline: string;
  readonly timelineHint: string;
  readonly source: string;
  readonly output: string;
  readonly tasks: string;
  readonly variables: string;
  readonly objects: string;
  readonly legend: Readonly<Record<"running" | "blocked" | "waiting" | "sleeping" | "held", string>>;
  readonly columns: Readonly<
    Record<"task" | "kind" | "pid" | "state" | "time" | "error" | "name" | "space" | "value" | "reads" | "writes" | "guard" | "type" | "taken" | "waits" | "waited" | "held" | "longest" | "segment" | "none", string>
  >;
  readonly states: Readonly<Record<"finished" | "crashed" | "killed" | "blocked", string>>;
  readonly kinds: Readonly<Record<"thread" | "process", string>>;
  readonly noOutput: string;
  readonly cut: string;
}

const en: PageWords = {
  language: "en",
  title: (file) => `Run of ${file}`,
  findings: "Findings",
  timeline: "Timeline",
  timelineHint: "A lane per task; arrows lead from what made something possible to what it made possible. Point at a part to read what it is.",
  source: "Source",
  output: "Output",
  tasks: "Tasks",
  variables: "Shared variables at the end",
  objects: "Locks, queues and other objects",
  legend: { running: "running", blocked: "blocked by a lock", waiting: "waiting", sleeping: "sleeping", held: "lock held" },
  columns: {
    task: "Task", kind: "Kind", pid: "Process id", state: "End", time: "From – to (ms)", error: "Error", name: "Name", space: "Process", value: "Value", reads: "Reads", writes: "Writes",
    guard: "Guarded by", type: "Type", taken: "Taken", waits: "Waits", waited: "Waited (ms)", held: "Held (ms)", longest: "Longest wait", segment: "all", none: "none",
  },
  states: { finished: "finished", crashed: "crashed", killed: "killed", blocked: "blocked" },
  kinds: { thread: "thread", process: "process" },
  noOutput: "Nothing was printed.",
  cut: "The rest is left out.",
};

const zh: PageWords = {
  language: "zh-CN",
  title: (file) => `${file} 的运行`,
  findings: "发现的问题",
  timeline: "时间线",
  timelineHint: "每个任务一行；箭头从原因指向它促成的事件。将鼠标指向某处可查看说明。",
  source: "源代码",
  output: "输出",
  tasks: "任务",
  variables: "结束时的共享变量",
  objects: "锁、队列和其他对象",
  legend: { running: "运行中", blocked: "被锁阻塞", waiting: "等待", sleeping: "睡眠", held: "持有锁" },
  columns: {
    task: "任务", kind: "种类", pid: "进程 id", state: "结束", time: "起止（毫秒）", error: "错误", name: "名称", space: "进程", value: "值", reads: "读", writes: "写",
    guard: "由谁保护", type: "类型", taken: "获取次数", waits: "等待次数", waited: "等待（毫秒）", held: "持有（毫秒）", longest: "最长等待", segment: "全部", none: "无",
  },
  states: { finished: "已完成", crashed: "已崩溃", killed: "被终止", blocked: "被阻塞" },
  kinds: { thread: "线程", process: "进程" },
  noOutput: "没有输出。",
  cut: "其余部分已省略。",
};

export function pageWords(locale: string | undefined): PageWords {
  return locale?.toLowerCase().startsWith("zh") ? zh : en;
}
