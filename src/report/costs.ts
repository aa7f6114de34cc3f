import { Kind, SEGMENT_BASE, isWrite, type CostMeta, type ObjectType } from "../trace";
import type { Means, TaskCosts } from "./contract";

interface Traffic {
  readonly means: Means;
  sent: number;
  sentBytes: number;
  received: number;
  receivedBytes: number;
}

const MEANS: Partial<Record<ObjectType, Means>> = { MessageQueue: "message-queue", Pipe: "pipe", Socket: "socket" };
const SLOT_BYTES = 8;

/** What each task has used, and what it has sent and received by which means; gathered while a trace arrives. */
export class CostCollector {
  private readonly told = new Map<number, CostMeta>();
  private readonly byObject = new Map<number, Map<number, Traffic>>();
  private readonly segment = new Map<number, Traffic>();

  meta(meta: CostMeta): void {
    this.told.set(meta.task, meta);
  }

  access(task: number, kind: Kind, address: number, times: number): void {
    if (address < SEGMENT_BASE) return;
    let traffic = this.segment.get(task);
    if (!traffic) this.segment.set(task, (traffic = none("shared-segment")));
    count(traffic, isWrite(kind), SLOT_BYTES * times, times);
  }

  sync(task: number, kind: Kind, object: number, bytes: number): void {
    if (kind !== Kind.Send && kind !== Kind.Receive && kind !== Kind.StreamWrite && kind !== Kind.StreamRead) return;
    let objects = this.byObject.get(task);
    if (!objects) this.byObject.set(task, (objects = new Map()));
    let traffic = objects.get(object);
    if (!traffic) objects.set(object, (traffic = none("message-queue")));
    count(traffic, kind === Kind.Send || kind === Kind.StreamWrite, bytes);
  }

  /** `typeOf` says what an object id is. */
  of(task: number, typeOf: (object: number) => ObjectType | undefined): TaskCosts {
    const sums = new Map<Means, Traffic>();
    for (const [object, traffic] of this.byObject.get(task) ?? []) {
      const type = typeOf(object);
      const means = type && MEANS[type];
      if (means) add(sums, { ...traffic, means });
    }
    const segment = this.segment.get(task);
    if (segment) add(sums, segment);
    const told = this.told.get(task);
    return {
      task,
      createdInMs: ms(told?.createdIn),
      cpuUserMs: ms(told?.cpuUser),
      cpuSystemMs: ms(told?.cpuSystem),
      memoryBytes: told?.memory ?? null,
      voluntarySwitches: told?.voluntarySwitches ?? null,
      involuntarySwitches: told?.involuntarySwitches ?? null,
      communication: [...sums.values()].map((sum) => ({ ...sum, sentBytes: known(sum, sum.sent, sum.sentBytes), receivedBytes: known(sum, sum.received, sum.receivedBytes) })),
    };
  }
}

function none(means: Means): Traffic {
  return { means, sent: 0, sentBytes: 0, received: 0, receivedBytes: 0 };
}

function count(traffic: Traffic, out: boolean, bytes: number, times = 1): void {
  if (out) {
    traffic.sent += times;
    traffic.sentBytes += bytes;
  } else {
    traffic.received += times;
    traffic.receivedBytes += bytes;
  }
}

/** A message of the snippet API has a byte at least; those that Node's own ports and channels carry are recorded without their size. */
function known({ means }: Traffic, times: number, bytes: number): number | null {
  return means === "message-queue" && times > 0 && bytes === 0 ? null : bytes;
}

function add(sums: Map<Means, Traffic>, traffic: Traffic): void {
  const sum = sums.get(traffic.means) ?? none(traffic.means);
  sum.sent += traffic.sent;
  sum.sentBytes += traffic.sentBytes;
  sum.received += traffic.received;
  sum.receivedBytes += traffic.receivedBytes;
  sums.set(traffic.means, sum);
}

/** Nanoseconds to milliseconds, to the microsecond. */
function ms(nanoseconds: number | null | undefined): number | null {
  return nanoseconds === null || nanoseconds === undefined ? null : Math.round(nanoseconds / 1e3) / 1e3;
}
