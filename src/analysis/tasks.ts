import { RUN_TASK, ValueType, decodeValue, isTagged, tagData, tagType, type TraceValue } from "../trace";
import { EventTimes } from "./event-times";

const MAX_TEXTS = 100_000;
const MAX_TEXT = 1_000;

/** Whether a value is the number of a text. */
function isText(value: number): boolean {
  return isTagged(value) && (tagType(value) === ValueType.String || tagType(value) === ValueType.BigInt || tagType(value) === ValueType.Number);
}

/** What the analysis keeps of a task. */
export class AnalysedTask {
  space = 0;
  readonly times = new EventTimes();
  private readonly texts = new Map<number, string>();

  constructor(
    /** Number in the trace. */
    readonly id: number,
    /** Dense number: position in clocks. */
    readonly index: number,
  ) {}

  text(id: number, text: string): void {
    if (this.texts.size < MAX_TEXTS) this.texts.set(id, text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
  }

  value(encoded: number): TraceValue {
    return decodeValue(encoded, (id) => this.texts.get(id));
  }

  /** A whole number as a BigInt; undefined where it is none or its text is not known. */
  bigint(encoded: number): bigint | undefined {
    if (isTagged(encoded)) return tagType(encoded) === ValueType.BigInt && this.texts.has(tagData(encoded)) ? BigInt(this.value(encoded) as bigint) : undefined;
    return Number.isInteger(encoded) ? BigInt(encoded) : undefined;
  }
}

/** The tasks of a trace, numbered densely as they come up. */
export class AnalysedTasks {
  private readonly byId = new Map<number, AnalysedTask>();
  readonly list: AnalysedTask[] = [];
  private last: AnalysedTask | undefined;

  constructor(private readonly added: (task: AnalysedTask) => void) {}

  get(id: number): AnalysedTask {
    if (this.last?.id === id) return this.last;
    let task = this.byId.get(id);
    if (!task) {
      task = new AnalysedTask(id, this.list.length);
      this.byId.set(id, task);
      this.list.push(task);
      this.added(task);
    }
    return (this.last = task);
  }

  /** Whether two tasks recorded the same value. Texts have numbers of their own in each task. `x` and `y` are dense numbers. */
  same(x: number, valueOfX: number, y: number, valueOfY: number): boolean {
    if ((valueOfX === valueOfY || Object.is(valueOfX, valueOfY)) && (x === y || !isText(valueOfX))) return true;
    return isText(valueOfX) && isText(valueOfY) && this.list[x]!.value(valueOfX) === this.list[y]!.value(valueOfY);
  }

  known(id: number): boolean {
    return this.byId.has(id);
  }

  /** All but the runner. */
  *real(): Iterable<AnalysedTask> {
    for (const task of this.list) if (task.id !== RUN_TASK) yield task;
  }
}
