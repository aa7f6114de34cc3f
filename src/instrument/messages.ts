/** What the compiler tells the student, in English and Simplified Chinese. `{0}` … are names from the source. */
const MESSAGES = {
  "captured-assignment": {
    en: "`{0}` is a copy here: a spawned function gets copies of the local variables that it captures, so this assignment would change only the copy. Use shared(…), or return the value and take it from join().",
    zh: "这里的 `{0}` 是副本：被 spawn 的函数得到的是所捕获局部变量的副本，这个赋值只会改变副本。请使用 shared(…)，或者返回该值并由 join() 取得。",
  },
  "captured-this": {
    en: "`{0}` cannot be used in a spawned function: it belongs to the task that spawns. Pass what is needed as an argument.",
    zh: "被 spawn 的函数中不能使用 `{0}`：它属于执行 spawn 的任务。请把需要的值作为参数传入。",
  },
  "unshared-variable": {
    en: "Each task has its own copy of `{0}`; what is written here is not seen by {1}. Use shared(…).",
    zh: "每个任务都有自己的 `{0}` 副本；这里写入的值 {1} 看不到。请使用 shared(…)。",
  },
  "effect-in-initialiser": {
    en: "The initialiser of `{0}` does more than compute a value (`{1}`), and it runs again in every task that uses `{0}`. Put it in a function, or pass the value as an argument.",
    zh: "`{0}` 的初始化不只是计算一个值（`{1}`），并且在每个用到 `{0}` 的任务中都会再次执行。请把它放进函数，或把值作为参数传入。",
  },
  "socket-in-initialiser": {
    en: "`{1}` in the initialiser of `{0}` would run again in every task that uses `{0}`. Open the socket inside the function that uses it.",
    zh: "`{0}` 的初始化中的 `{1}` 会在每个用到 `{0}` 的任务中再次执行。请在使用它的函数内打开套接字。",
  },
  "not-shareable": {
    en: "{0} cannot be shared: shared memory holds numbers, strings, booleans, bigints, arrays, plain objects, Maps, Sets and typed arrays.",
    zh: "{0}不能共享：共享内存可以存放数字、字符串、布尔值、bigint、数组、普通对象、Map、Set 和类型化数组。",
  },
  "shared-needs-variable": {
    en: "{0}(…) of a single value must initialise a variable: `let counter = {0}(0)`. Here the value would just be copied.",
    zh: "{0}(…) 存放单个值时必须用来初始化变量：`let counter = {0}(0)`。写在这里只会复制该值。",
  },
  "unknown-import": {
    en: "concurrency-playground has no export `{0}`.{1}",
    zh: "concurrency-playground 没有导出 `{0}`。{1}",
  },
  "unknown-export": {
    en: "\"{1}\" has no export `{0}`.",
    zh: "\"{1}\" 没有导出 `{0}`。",
  },
  "not-cloneable": {
    en: "{0} cannot go to another task: what is passed, sent or returned is a structured clone. Pass data, and put functions at the top level of the module, where every task has them.",
    zh: "{0}不能传给其他任务：传递、发送或返回的内容是结构化克隆。请传递数据，并把函数放在模块的顶层，每个任务都能使用它们。",
  },
  "lost-methods": {
    en: "{0} arrives in the other task as a plain object without its methods, so `{1}` fails there: what is passed is a structured clone. Pass its data and make the object there.",
    zh: "{0}到达另一个任务时是没有方法的普通对象，因此那里的 `{1}` 会失败：传递的内容是结构化克隆。请传递其数据，并在那里创建对象。",
  },
  "unresolved-import": {
    en: "Cannot find the file of the import \"{0}\".",
    zh: "找不到导入 \"{0}\" 对应的文件。",
  },
  "missing-package": {
    en: "Cannot find the package \"{0}\": is it installed where the snippet is?",
    zh: "找不到包 \"{0}\"：它是否已安装在片段所在的位置？",
  },
  "missing-node-module": {
    en: "Node.js has no module \"{0}\".",
    zh: "Node.js 没有模块 \"{0}\"。",
  },
  syntax: { en: "{0}", zh: "语法错误：{0}" },
} as const;

export type MessageCode = keyof typeof MESSAGES;

/** Parts that are put into the messages above. */
const WORDS = {
  main: { en: "the main task", zh: "主任务" },
  task: { en: "`{0}`", zh: "`{0}`" },
  spawner: { en: "the task that spawns", zh: "执行 spawn 的任务" },
  function: { en: "A function", zh: "函数" },
  class: { en: "A class", zh: "类" },
  symbol: { en: "A symbol", zh: "symbol" },
  instance: { en: "An instance of {0}", zh: "{0} 的实例" },
  suggestion: { en: " Did you mean `{0}`?", zh: "是不是 `{0}`？" },
} as const;

/** Gives messages in one language: Chinese for locales that begin with "zh", else English. */
export class Words {
  private readonly language: "en" | "zh";

  constructor(locale: string | undefined) {
    this.language = locale?.toLowerCase().startsWith("zh") ? "zh" : "en";
  }

  message(code: MessageCode, ...args: string[]): string {
    return fill(MESSAGES[code][this.language], args);
  }

  word(word: keyof typeof WORDS, ...args: string[]): string {
    return fill(WORDS[word][this.language], args);
  }
}

function fill(template: string, args: readonly string[]): string {
  return template.replace(/\{(\d)\}/g, (_, n: string) => args[Number(n)] ?? "");
}
