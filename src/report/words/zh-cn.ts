import { WaitFor } from "../../trace";
import type { Means } from "../contract";
import type { Words } from "./types";

const list = (items: readonly string[]): string => (items.length <= 1 ? (items[0] ?? "") : `${items.slice(0, -1).join("、")} 和 ${items.at(-1)}`);
const holding = (locks: readonly string[]): string => (locks.length === 0 ? "未持有任何锁" : `持有 ${list(locks)}`);

const KINDS: Readonly<Record<string, string>> = {
  "data-race": "数据竞争",
  "lost-update": "丢失更新",
  "atomicity-violation": "原子性违背",
  deadlock: "死锁",
  "lock-order": "加锁顺序",
  "lost-wakeup": "丢失唤醒",
  "lock-misuse": "锁的误用",
  "assertion-failed": "断言失败",
  crash: "崩溃",
};

const OUTCOMES: Readonly<Record<string, string>> = {
  completed: "正常结束",
  crashed: "崩溃",
  deadlocked: "死锁",
  "timed-out": "超时",
  "out-of-memory": "内存不足",
  killed: "被终止",
  "not-compiled": "编译失败",
};

const MEANS: Record<Means, string> = {
  "shared-variable": "共享变量",
  "message-queue": "消息队列",
  pipe: "管道",
  socket: "套接字",
  "shared-segment": "共享内存段",
};

const size = (bytes: number | null): string => (bytes === null ? "大小未知" : `${bytes.toLocaleString("zh-CN")} 字节`);

export const zhCn: Words = {
  list,
  unknownPlace: "未知位置",
  locksHeld: (locks) => (locks.length === 0 ? "无" : list(locks)),
  readMode: (lock) => `${lock}（读）`,
  writeMode: (lock) => `${lock}（写）`,

  stepAccess: (op, variable, value) => (op === "read" ? `读 ${variable}：${value}` : op === "write" ? `写 ${variable} = ${value}` : `更新 ${variable}（${value}）`),
  stepTakes: (lock) => `获取 ${lock}`,
  stepWaits: (what) => `等待${what}`,
  stepNotifies: (variable, woken) => `通知 ${variable}：${woken === undefined ? "没有唤醒任何任务" : `唤醒 ${woken}`}`,
  stepLine: (line) => `第 ${line} 行`,

  raceMessage: (variable, tasks, lines) =>
    `“${variable}”上的数据竞争：${list(tasks)} 在${lines[0] === lines[1] ? `第 ${lines[0]} 行` : `第 ${lines[0]} 行和第 ${lines[1]} 行`}访问它，其中至少一个是写，而两者之间没有任何先后顺序。`,
  accessStep: (task, op, variable, value, place, text, locks) => {
    const did = op === "read" ? `从“${variable}”读到 ${value}` : op === "write" ? `把 ${value} 写入“${variable}”` : `更新了“${variable}”（先读后写，捕获时的值为 ${value}）`;
    return `${task} 在 ${place} ${did}：${text}，${holding(locks)}。`;
  },
  raceLoss: (variable, read, first, wroteFirst, second, wroteSecond) =>
    `本次运行中它已造成损害：${first} 和 ${second} 都从“${variable}”读到 ${read}；${first} 写入 ${wroteFirst}，${second} 写入 ${wroteSecond}。后写的一方不知道另一方的更新，于是丢失了一次更新。`,
  raceNoProof: (variable) => `本次运行中没有证实它造成损害，但换一种顺序就可能。两者都写“${variable}”：最后留下哪个值取决于谁最后写。如果任务根据先前读到的值计算新值，另一个任务的写入就可能丢失。`,
  raceReadWrite: (variable) => `本次运行中没有证实它造成损害，但换一种顺序就可能：读的一方看到的“${variable}”可能是写之前的，也可能是写之后的，每次运行都可能不同。`,
  raceOrder: (first, second) =>
    `没有任何东西规定两者的先后：从 ${first} 的访问到 ${second} 的访问（或反过来）之间，没有由 happens-before 边（spawn、join、unlock → lock、release → acquire、send → receive）组成的链。所以它们可以以任意顺序发生，也可以同时发生。`,
  raceNoLocks: "两个任务在访问时都没有持有锁。",
  raceOneLock: (task, locks, other) => `${task} 持有 ${list(locks)}，而 ${other} 没有：只有人人都加锁，锁才有保护作用。`,
  raceOtherLocks: (first, firstLocks, second, secondLocks) => `${first} 持有 ${list(firstLocks)}，${second} 持有 ${list(secondLocks)}：不同的锁之间不会互斥。`,
  raceDiscipline: (variable, lock, held, places, without) =>
    `在本次运行中，任务会在 ${places} 处相遇于“${variable}”，其中 ${held} 处持有“${lock}”，而 ${list(without)} 没有。如果“${lock}”本应保护它，缺少的就是这里。`,
  raceRepair: (lock, counter, atomics) =>
    lock
      ? `修复方法：另一处访问也要加“${lock}”：${lock}.withLock(() => { … })。锁必须覆盖“读取、计算、写入”的整个过程，而不是每一步各加一次。`
      : atomics
        ? `修复方法：让两个任务都用 Atomics 访问它：${counter ? "Atomics.add(array, index, 1) 一步完成读取、相加和写入" : "标志用 Atomics.store() 和 Atomics.load()，计数器用 Atomics.add()，新值取决于旧值时用 Atomics.compareExchange()"}。或者让两个任务在“读取、计算、写入”的整个过程中持有同一个锁。或者只让一个任务使用它，其他任务给它发消息。`
        : `修复方法：让两个任务在访问时持有同一个 Mutex：mutex.withLock(() => { … })，并覆盖“读取、计算、写入”的整个过程${counter ? "；如果只是计数器，用 Atomic 即可：counter.add(1)" : ""}。或者只让一个任务使用这个变量，其他任务给它发消息。`,

  lostUpdateMessage: (variable, first, second) => `“${variable}”丢失了一次更新：${second} 在没有看到 ${first} 的写入的情况下将其覆盖。`,
  lostUpdateStep: (task, wrote, variable, value, place, text) => `${task} 在 ${place} ${wrote ? `把 ${value} 写入“${variable}”` : `从“${variable}”读到 ${value}`}：${text}`,
  lostUpdateWhy: (task, other, read, atomic) =>
    `这不是数据竞争：每一步都${atomic ? "是原子的" : "在锁的保护下"}。但 ${task} 的读和写是两步，而 ${other} 的更新恰好插在中间。两者都从 ${read} 出发，因此有一次更新丢失了。`,
  lostUpdateRepair: (atomic) =>
    atomic ? "修复方法：用一个操作完成读和写：add()、exchange()，或循环使用 compareExchange() 直到成功。" : "修复方法：从读到写一直持有锁，用一个临界区代替两个。",

  atomicityMessage: (pattern, variable, actor, other) => {
    switch (pattern) {
      case "below-zero":
        return `原子性违背：${actor} 先检查“${variable}”，稍后才修改它；${other} 在两者之间修改了它，结果它变成了负数。`;
      case "condition-broken":
        return `原子性违背：${actor} 先检查“${variable}”，稍后才修改它；${other} 在两者之间修改了它，条件已不再成立。`;
      case "emptied":
        return `原子性违背：${actor} 看到“${variable}”不为 0，稍后才取出元素；${other} 在两者之间取走了最后一个。`;
      case "overwritten":
        return `原子性违背：${actor} 根据“${variable}”做出决定，稍后才写入；${other} 在两者之间已经写入，它的决定被覆盖了。`;
      case "both-entered":
        return `原子性违背：${actor} 和 ${other} 都看到“${variable}”是空闲的，于是都占用了它。`;
    }
  },
  atomicityStep: (task, op, variable, value, place, text) =>
    `${task} 在 ${place} ${op === "read" ? `从“${variable}”读到 ${value}` : op === "write" ? `把 ${value} 写入“${variable}”` : `没有再检查就把“${variable}”改成了 ${value}`}：${text}`,
  atomicityWhy: (pattern, variable, actor, other, seen, expected, atomic) => {
    const steps = atomic ? "每一步都是原子的，但检查和行动是两步" : "每一步都在锁的保护下，但检查和行动是两个临界区";
    const then = {
      "below-zero": `如果仍是它读到的 ${seen}，结果本应是 ${expected}。`,
      "condition-broken": `对它读到的 ${seen}，条件成立，结果本应是 ${expected}；对 ${other} 留下的值，条件不成立。`,
      emptied: `如果仍是它读到的 ${seen}，本应还有元素可取。`,
      overwritten: `两者都根据同一个 ${seen} 做出决定，后写的一方没有看到对方已经做了决定。`,
      "both-entered": `两者都读到 ${seen}，于是都以为只有自己。`,
    }[pattern];
    return `这不是数据竞争。${steps}，而 ${other} 恰好插在中间：${actor} 行动时，它所知道的“${variable}”已经过时。${then}`;
  },
  atomicityRepair: (pattern, variable, atomic) => {
    if (!atomic) return `修复方法：在同一个临界区里检查并行动：加锁，读取“${variable}”，判断，修改，然后才解锁。`;
    if (pattern === "both-entered" || pattern === "overwritten") return "修复方法：用一个操作完成检查和写入：compareExchange(expected, next) === expected 说明成功的是你；或者使用 Mutex。";
    return "修复方法：用一个操作完成检查和修改：循环使用 compareExchange()，每次都重新检查；或者用 Mutex 把两步包在一起。";
  },

  deadlockMessage: (cyclic, tasks) => (cyclic ? `死锁：${list(tasks)} 循环等待对方，永远无法继续。` : `死锁：${list(tasks)} 在等待任何任务都无法再促成的事情。`),
  selfDeadlockMessage: (task, lock) => `死锁：${task} 在等待自己持有的“${lock}”。`,
  deadlockStep: (task, waitsFor, heldBy, holds, place, text) =>
    `${task} 在 ${place} 等待${waitsFor}${heldBy.length > 0 ? `（由 ${list(heldBy)} 持有）` : ""}：${text}，${holding(holds)}。`,
  deadlockIdle: (task) => `${task} 已没有事可做：它的事件循环只在等待其他任务的消息、通知或结束。`,
  deadlockWhy: (cyclic, complete) =>
    cyclic ? `每个任务都要先得到下一个任务手中的东西才肯放手，所以谁都无法继续。${complete ? "" : "其他任务可以继续，直到它们需要这些任务手中的东西。"}` : "所有还活着的任务都在等待，已经没有谁能结束这些等待：再也没有人会解锁、释放、发送或结束。",
  selfDeadlockWhy: (lock) => `“${lock}”不可重入：持有它的任务再次请求它，就是在等待自己。`,
  upgradeDeadlockMessage: (tasks, lock) =>
    tasks.length === 1 ? `死锁：${tasks[0]} 在持有“${lock}”的读锁时请求它的写锁（锁升级），于是在等待自己。` : `死锁：${list(tasks)} 在持有“${lock}”的读锁时请求它的写锁（锁升级），于是互相等待。`,
  upgradeDeadlockWhy: (lock, several) =>
    `读锁不能变成写锁：写“${lock}”的任务必须独占，要等到所有读者都解锁。${several ? "它们每一个都是这样的读者，等待时仍在读，于是等待着别的任务，也等待着自己。" : "该任务自己就是这样的读者，等待时仍在读。"}`,
  selfJoinMessage: (task) => `死锁：${task} 在等待自己结束。`,
  selfJoinWhy: "任务在其函数返回时结束，而函数要等 join() 返回之后才能返回：两者都永远不会发生。",
  selfJoinRepair: "修复方法：由另一个任务来 join 它，例如创建它的任务。",
  deadlockRepair: (cyclic, locks, self) => {
    if (self) return "修复方法：只在外层函数加一次锁，内层函数默认锁已被持有。";
    if (!cyclic) return "修复方法：确保所等待的事情在每条路径上都会发生：每个 receive 都有 send，每个 acquire 都有 release，最后一条消息之后 close()；或者带超时等待。";
    return locks.length > 1
      ? `修复方法：让所有任务以相同的顺序获取 ${list(locks)}；或者一次全部获取；或者用带超时的 tryLock()，失败时放弃已持有的锁。`
      : "修复方法：持有另一个任务需要的东西时，不要等待那个任务。";
  },
  waitsFor: (waitFor, object) => {
    switch (waitFor) {
      case WaitFor.Join:
        return ` ${object} 结束`;
      case WaitFor.Lock:
        return `锁“${object}”`;
      case WaitFor.Permits:
        return `“${object}”的许可`;
      case WaitFor.ReadLock:
        return `“${object}”（读）`;
      case WaitFor.WriteLock:
        return `“${object}”（写）`;
      case WaitFor.Condition:
        return `“${object}”的 notify`;
      case WaitFor.Barrier:
        return `屏障“${object}”处的其他任务`;
      case WaitFor.Latch:
        return `门闩“${object}”`;
      case WaitFor.Message:
        return `“${object}”中的消息`;
      case WaitFor.QueueSpace:
        return `“${object}”中的空位`;
      case WaitFor.AtomicValue:
        return `Atomic“${object}”的 notify`;
      case WaitFor.StreamData:
        return `“${object}”中的数据`;
      case WaitFor.Connection:
        return "连接";
      case WaitFor.MemoryValue:
        return `对“${object}”的 Atomics.notify`;
      case WaitFor.Event:
        return "事件（另一个任务的消息或结束）";
    }
    return object;
  },

  lockOrderMessage: (locks) => (locks.length > 1 ? `可能的死锁：${list(locks)} 以不同的顺序被获取。` : `可能的死锁：有任务在持有 ${list(locks)} 时再次获取它。`),
  lockOrderStep: (task, second, first, place, text) => `${task} 在持有“${first}”时于 ${place} 获取了“${second}”：${text}`,
  lockOrderWriter: (task, lock, place, text) => `${task} 在 ${place} 为写入获取了“${lock}”：${text}。只要有任务在等待写入，想读的任务就要排在它后面，即使其他任务正在读。`,
  lockOrderWhy: "这次运行只是运气好。如果每个任务都先拿到自己的第一把锁，再去拿第二把，就会互相等待对方手中的锁，永远无法继续。没有共同的锁，也没有 spawn、join 或消息能阻止这种情况。",
  lockOrderRepair: (locks) => (locks.length > 1 ? `修复方法：在所有地方都以相同的顺序获取 ${list(locks)}。` : `修复方法：把需要的 ${list(locks)} 一次全部获取。`),

  lostWakeupMessage: (pattern, variable, notifier, waiter, forEver) => {
    const waits = forEver ? `${waiter} 永远等待` : `${waiter} 一直等到超时`;
    switch (pattern) {
      case "before-waiting":
        return `丢失唤醒：${notifier} 在 ${waiter} 等待“${variable}”之前就发出了通知，没有唤醒任何任务；${waits}。`;
      case "passed-by":
        return `丢失唤醒：${waiter} 开始等待“${variable}”时，${notifier} 通知的变化已经过去；${waits}。`;
      case "wrong-task":
        return `丢失唤醒：${notifier} 对“${variable}”的通知唤醒了一个用不上它的任务；${waits}。`;
    }
  },
  lostWakeupNotify: (notifier, variable, place, text, ms, woken, value) =>
    `${ms} 毫秒：${notifier} 在 ${place} 通知“${variable}”：${text}。${woken === undefined ? "当时没有任务在等待，所以没有唤醒任何任务" : `它唤醒了 ${woken}，后者什么也没改就又开始等待`}${value === undefined ? "。" : `；当时的值是 ${value}。`}`,
  lostWakeupWait: (waiter, variable, place, text, ms, forEver, expected) =>
    `${ms} 毫秒：${waiter} 在 ${place} 开始等待“${variable}”${expected === undefined ? "" : `（当它的值为 ${expected} 时）`}：${text}。${forEver ? "此后没有任何任务唤醒它。" : "直到超时也没有任何任务唤醒它。"}`,
  lostWakeupWhy: (pattern, condition, notifierHeld, woken, waiter) => {
    switch (pattern) {
      case "before-waiting":
        return `通知不会被保存：它只唤醒当时正在等待的任务。此后 ${waiter} 没有查看过任何共享的数据，所以不可能知道它等待的事情已经发生。${condition && !notifierHeld ? "通知方没有持有互斥锁：这样通知甚至可能落在检查与等待之间。" : ""}`;
      case "passed-by":
        return "对 Atomic 的等待只看它开始时的值。在此之间它曾是另一个值，又被改了回来。";
      case "wrong-task":
        return `notify() 只唤醒一个任务，即等待最久的那个。这里有多个任务在同一个条件上等待不同的事情，而 ${woken ?? ""} 不是这次通知的对象。`;
    }
  },
  lostWakeupRepair: (pattern, condition, variable) => {
    if (pattern === "wrong-task") return "修复方法：使用 notifyAll()，或为每件等待的事情使用各自的条件变量。";
    if (condition) return `修复方法：把发生的事情记在一个共享变量里，在互斥锁的保护下修改它，并在等待之前检查它：${variable}.waitUntil(() => happened)，或 while (!happened) ${variable}.wait()。`;
    return pattern === "passed-by" ? "修复方法：让值只向前变化（记录发生次数的计数器），并在它仍是你上次看到的值时等待。" : "修复方法：先改变值再通知：值不同时 wait(value) 会立即返回。";
  },

  heldAtEndMessage: (task, lock) => `${task} 结束时仍持有“${lock}”。`,
  heldAtEndWhy: (task, lock, place) => `${task} 在 ${place} 获取了“${lock}”，但一直没有解锁。此后请求它的任务会得到错误，或永远等待。`,
  heldAtEndRepair: (how, guard) => `修复方法：在每条路径上都解锁：${how}(() => { … })，或 using guard = ${guard}()。`,
  holderDiedMessage: (task, lock, killed) => `${task} 在持有“${lock}”时${killed ? "被终止" : "崩溃"}。`,
  holderDiedWhy: (task, lock, place, others) =>
    `${task} 在 ${place} 获取了“${lock}”，现在再也无法解锁。“${lock}”所保护的数据可能只改了一半，所以谁也得不到它：${others.length === 0 ? "请求它的任务会得到错误 TaskCrashed" : `${list(others)} 请求它时得到了错误 TaskCrashed`}。`,
  holderDiedRepair: (how, guard, killed) =>
    killed
      ? "修复方法：不要用 kill() 终止可能持有锁的任务：用它会查看的 Atomic 或关闭的队列通知它停止，然后 join。"
      : `修复方法：抛出错误时也要解锁：${how}(() => { … })，或 using guard = ${guard}()。`,
  notOwnerError: (task, error) => `${task} 解开了它并不持有的锁：${error}`,
  notOwnerMessage: (task, lock, mode, holder) => {
    const how = mode === "read" ? "的读锁" : mode === "write" ? "的写锁" : "";
    if (mode === "read") return `${task} 解开了“${lock}”${how}，但它并没有持有。`;
    return holder === undefined ? `${task} 解开了“${lock}”${how}，但没有任何任务持有它。` : `${task} 解开了“${lock}”${how}，但持有它的是 ${holder}。`;
  },
  notOwnerStep: (task, place, text) => `${task} 在 ${place} 这样做：${text}。锁保持原样，这次调用抛出 NotOwnerError。`,
  notOwnerWhy: "只有加锁的任务才能解锁。漏掉 lock()、重复 unlock()，或在另一个任务里 unlock()，都会导致这个错误。",
  notOwnerRepair: "修复方法：用 withLock() 或 guard 让每次加锁与解锁成对出现。",
  waitWithoutMutexMessage: (task, condition, mutex, holder) => `${task} 等待“${condition}”时没有持有它的互斥锁“${mutex}”（${holder === undefined ? "没有任何任务持有它" : `持有它的是 ${holder}`}）。`,
  waitWithoutMutexWhy: (condition, mutex) =>
    `${condition}.wait() 在等待时解开“${mutex}”，返回前再锁上。没有互斥锁，任务检查过的内容可能在它开始等待之前就被改变并通知：这次唤醒就丢失了。`,
  waitWithoutMutexRepair: (condition, mutex) => `修复方法：在互斥锁内检查并等待：${mutex}.withLock(() => { while (!happened) ${condition}.wait(); })。`,
  upgradeMessage: (task, lock) => `${task} 在持有“${lock}”的读锁时尝试获取它的写锁（锁升级）：这永远不会成功。`,
  upgradeStep: (task, lock, place, text) => `${task} 持有“${lock}”的读锁，并在 ${place} 请求写锁：${text}`,
  upgradeWhy: (lock) => `写“${lock}”的任务必须独占，不能有读者；而该任务自己就是读者，并且一直是。无论其他任务做什么，每次尝试都会失败；如果不设超时，它会永远等待自己。`,
  upgradeRepair: (lock) => `修复方法：先 unlockRead()，再 lockWrite()，并重新检查读过的内容，因为其他任务可能在此期间写过；或者从一开始就获取“${lock}”的写锁。`,

  crashMessage: (task, error) => `${task} 崩溃：${error}`,
  crashCause: (cause, detail) => {
    switch (cause) {
      case "exception":
        return "异常离开了任务的函数，没有被捕获。";
      case "rejection":
        return "一个 Promise 被拒绝，没有被处理。";
      case "exit":
        return `任务以状态码 ${detail || "1"} 结束（process.exit 或 process.exitCode），表示失败：0 才是成功。`;
      case "signal":
        return `操作系统终止了该进程${detail ? `，信号 ${detail}` : ""}。`;
      case "out-of-memory":
        return "任务使用的内存超过了限制。";
      case "assertion":
        return "程序中的一项检查没有通过。";
    }
    return "";
  },
  crashOthers: "其他任务继续运行。对该任务 join() 会抛出 TaskCrashed。",
  crashImport: (name) => `如果要使用本扩展提供的 "${name}"，需要导入：请在文件开头写上 \`import { ${name} } from "concurrency-playground";\`。`,
  crashRepair: (cause, who) => {
    if (who === "main-by-join") return "join() 传递了被等待任务的崩溃：请修复那个任务，或在 join() 处捕获 TaskCrashed。";
    const joined = who === "spawned";
    switch (cause) {
      case "exception":
      case "assertion":
        return joined ? "请在任务中能够处理的地方捕获错误，或在 join 处捕获 TaskCrashed。" : "请用 try 和 catch 在能够处理的地方捕获错误。";
      case "rejection":
        return `请在 try 和 catch 中 await 该 Promise，或用 catch() 为它添加处理函数${joined ? "；也可以在 join 处捕获 TaskCrashed" : ""}。`;
      case "exit":
        return `如果没有失败，请让它以状态码 0 结束${joined ? "；如果确实失败，请在 join 处捕获 TaskCrashed" : ""}。`;
      case "signal":
        return "try 和 catch 无法捕获信号：它会终止整个进程以及其中的所有线程。可能这样结束的代码应当用 Process.spawn() 放进独立的进程；对它 join 的任务可以捕获 TaskCrashed。";
      case "out-of-memory":
        return "请查找无限增长的东西：发送比读取快的队列、循环里的数组。";
    }
  },
  assertionMessage: (task, error) => `${task} 中的断言失败：${error}`,

  findings: (n) => `发现 ${n} 个问题`,
  nothingFound: "本次运行没有发现问题。",
  times: (n, kind) => `${n.toLocaleString("zh-CN")} ${kind === "data-race" ? "对冲突的访问" : "次"}`,
  outcome: (outcome, exitCode = 0) => `${OUTCOMES[outcome] ?? outcome}${outcome === "completed" && exitCode !== 0 ? `（退出状态 ${exitCode}）` : ""}`,
  summary: (mode, outcome, tasks, ms) => `以${mode === "threads" ? "线程" : "进程"}方式运行：${outcome}，用时 ${ms.toFixed(0)} 毫秒，共 ${tasks} 个任务。`,
  variables: "变量",
  variableLine: (name, value, reads, writes, guard, discipline) =>
    `${name} = ${value}   读 ${reads} 次，写 ${writes} 次${guard ? `，由 ${guard} 保护` : ""}${discipline ? `，${discipline.places} 处中有 ${discipline.held} 处由 ${discipline.lock} 保护，第 ${discipline.lines.join("、")} 行没有` : ""}`,
  syncObjects: "锁、队列等",
  syncLine: (name, type, waits, waited, held, taken, longest) =>
    `${name}（${type}）   ${taken === undefined ? "" : `获取 ${taken} 次，`}等待 ${waits} 次，共等待 ${waited} 毫秒，共持有 ${held} 毫秒${longest === undefined ? "" : `；最长等待 ${longest.ms} 毫秒：${longest.task}，第 ${longest.line} 行`}`,
  costs: "开销",
  costsNotTold: (task, created) => `${task}：${created === undefined ? "" : `创建用时 ${created} 毫秒 · 其余`}没有数据：所在进程结束得太突然`,
  costLine: (task, created, memory, cpu, voluntary, involuntary) =>
    `${task}：${[
      created === undefined ? undefined : `创建用时 ${created} 毫秒`,
      memory === undefined ? undefined : `内存 ${memory} MB`,
      cpu === undefined ? undefined : `CPU ${cpu} 毫秒`,
      voluntary === undefined || involuntary === undefined ? "本系统不提供上下文切换次数" : `上下文切换：自愿 ${voluntary} 次，非自愿 ${involuntary} 次`,
    ]
      .filter((part) => part !== undefined)
      .join(" · ")}`,
  trafficLine: (means, sent, sentBytes, received, receivedBytes) =>
    `${MEANS[means]}：发送 ${sent.toLocaleString("zh-CN")} 次（${size(sentBytes)}），接收 ${received.toLocaleString("zh-CN")} 次（${size(receivedBytes)}）`,
  means: (means) => MEANS[means],
  comparison: {
    title: (runs) => `线程与进程对比：各运行 ${runs} 次，中位数（最小 – 最大）`,
    threads: "线程方式",
    processes: "进程方式",
    rows: {
      duration: "用时，毫秒",
      created: "创建一个任务，毫秒",
      memory: "一个任务的内存，MB",
      cpu: "所有任务的 CPU，毫秒",
      voluntary: "自愿上下文切换",
      involuntary: "非自愿上下文切换",
    },
    communication: "两个任务之间往返一次，微秒",
    finals: "main 的内存中的最终值",
    outcomes: "结果",
    crashes: "崩溃波及了什么",
    crash: (crashed, ended, wentOn, runs) =>
      `${crashed.join("、")} 崩溃；${ended.length === 0 ? "没有任务随之结束" : `${ended.join("、")} 随之结束`}；${wentOn.length === 0 ? "没有任务继续运行" : `${wentOn.join("、")} 继续运行`}（${runs} 次运行）`,
    findings: "发现的问题",
    doesNotReach: "无法到达对方",
    failedExchange: (mode, runs, outcome, error) => `以${mode === "threads" ? "线程" : "进程"}方式有 ${runs} 次未能测量：消息往返：${outcome}${error ? `（${error}）` : ""}。`,
    notTold: "本系统不提供",
    ofRuns: (count, runs) => (count === runs ? `全部 ${runs} 次运行` : `${runs} 次运行中的 ${count} 次`),
    spread: "时间和内存每次运行都会不同：请比较中位数，并留意最小值与最大值相差多少。",
  },
  exceeded: "分析在运行结束前停止：任务和操作太多，确定先后关系所需的内存超过上限（512 MB）。结论与次数只涵盖此前的部分；死锁和崩溃仍涵盖整个运行。",
  dropped: (recorded, dropped) => `记录了 ${recorded.toLocaleString("zh-CN")} 个事件；另有 ${dropped.toLocaleString("zh-CN")} 次重复访问只计数、未保留。`,
  kind: (kind) => KINDS[kind] ?? kind,
  exploration: (executions, complete) => `尝试了 ${executions} 次执行${complete ? "：覆盖所有交错" : ""}。`,
};
