import { Kind, UNDEFINED, absent } from "../../trace";
import { Cell, CellMode } from "../memory/cell";
import type { MemoryCore } from "../memory/core";
import type { BufferWords } from "../memory/words";
import { phrases } from "../memory/phrases";

/** At or below this a double may stand for something else (trace/value.ts); -Infinity is sorted out where it is slow. */
const TAGGED = UNDEFINED;

export interface CellOperations {
  cr(cell: Cell, site: number): unknown;
  cw<T>(cell: Cell, value: T, site: number): T;
  cu(cell: Cell, delta: 1 | -1, prefix: boolean, site: number): number | bigint;
}

/** Reads and writes of variables: numbers in the process's heap without a call into the memory. */
export function createCellOperations(core: MemoryCore): CellOperations {
  const { recorder } = core;
  const { doubles } = core.own.words as BufferWords;

  function cr(cell: Cell, site: number): unknown {
    recorder.site = site;
    if (cell.mode === CellMode.Heap) {
      const value = doubles[cell.index]!;
      if (!(value <= TAGGED)) {
        recorder.accessAgain(cell.reads, Kind.Read8, cell.address, value);
        return value;
      }
    } else if (cell.mode === CellMode.Object) return cell.object;
    return readSlowly(cell);
  }

  function readSlowly(cell: Cell): unknown {
    const value = core.read(cell.region, cell.record);
    return value === absent ? undefined : value;
  }

  function cw<T>(cell: Cell, value: T, site: number): T {
    recorder.site = site;
    if (typeof value === "number" && cell.mode === CellMode.Heap && !(value <= TAGGED) && !(doubles[cell.index]! <= TAGGED)) {
      doubles[cell.index] = value;
      recorder.accessAgain(cell.writes, Kind.Write8, cell.address, value);
      return value;
    }
    writeSlowly(cell, value);
    return value;
  }

  function writeSlowly(cell: Cell, value: unknown): void {
    if (cell.mode === CellMode.Object) throw new TypeError(phrases().notAssignable(cell.name));
    core.write(cell.region, cell.record, value, { parent: 0, key: cell.name });
  }

  function cu(cell: Cell, delta: 1 | -1, prefix: boolean, site: number): number | bigint {
    if (cell.mode === CellMode.Heap) {
      const old = doubles[cell.index]!;
      const next = old + delta;
      if (!(old <= TAGGED) && !(next <= TAGGED)) {
        recorder.site = site;
        recorder.accessAgain(cell.reads, Kind.Read8, cell.address, old);
        // Between the two another task may have put something here that is no plain number: then its block is to be freed.
        if (doubles[cell.index]! <= TAGGED) writeSlowly(cell, next);
        else {
          doubles[cell.index] = next;
          recorder.accessAgain(cell.writes, Kind.Write8, cell.address, next);
        }
        return prefix ? next : old;
      }
    }
    return updateSlowly(cell, delta, prefix, site);
  }

  function updateSlowly(cell: Cell, delta: 1 | -1, prefix: boolean, site: number): number | bigint {
    const [before, after] = step(cr(cell, site), delta);
    cw(cell, after, site);
    return prefix ? after : before;
  }

  return { cr, cw, cu };
}

/** The operand as a numeric, and the next one, for ++ and --. */
export function step(value: unknown, delta: 1 | -1): [number | bigint, number | bigint] {
  let operand = value as number;
  // The language's own ToNumeric: leaves a bigint, converts all else, throws for a symbol.
  const before: number | bigint = operand--;
  return typeof before === "bigint" ? [before, before + BigInt(delta)] : [before, before + delta];
}
