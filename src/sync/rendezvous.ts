import type { Arena } from "./arena";
import { ObjectWord, Status, objectRecord } from "./layout";
import { tieStream } from "./stream";

const ACCEPTORS = ObjectWord.List;
const CONNECTORS = ObjectWord.List2;

/** Sides of a connection; also its streams: 0 carries the acceptor's bytes, 1 the connector's. */
export const ACCEPTOR = 0;
export const CONNECTOR = 1;

/**
 * Where accept and connect of one address meet, first come, first served. Value: the connection's id, which is that of the
 * acceptor's stream; Extra: the connector's stream. Full: no more objects.
 */
export function meet(arena: Arena, task: number, record: number, side: number, streamType: number, mayWait: boolean): Status {
  const partner = arena.firstWaiter(record + (side === ACCEPTOR ? CONNECTORS : ACCEPTORS));
  if (partner < 0) {
    if (!mayWait) return arena.result(task, Status.Failed, 0);
    arena.pushWaiter(record + (side === ACCEPTOR ? ACCEPTORS : CONNECTORS), task, record, 0);
    return Status.Waiting;
  }
  const forth = arena.newObject(streamType);
  const back = arena.newObject(streamType);
  if (forth === 0 || back === 0) return arena.result(task, Status.Full, 0);
  const ends = side === ACCEPTOR ? { acceptor: task, connector: partner } : { acceptor: partner, connector: task };
  tieStream(arena, objectRecord(forth), ends);
  tieStream(arena, objectRecord(back), ends);
  arena.grant(partner, Status.Done, arena.nextSeq(), forth, back);
  return arena.result(task, Status.Done, arena.nextSeq(), forth, back);
}
