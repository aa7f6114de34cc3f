import type { ContainerMeta, MemoryMap } from "../trace";
import type { AccessEvidence, AtomicityFinding, DataRaceFinding, LostUpdateFinding, LostUpdateProof } from "./findings";
import { DisciplineTally, type GuardedPlace, type LockDiscipline } from "./lock-discipline";
import type { LockSets } from "./locksets";
import type { Shadow, ShadowListener } from "./shadow";
import { ATOMIC, WRITE } from "./shadow-store";
import type { SiteTexts } from "./site-texts";
import type { AnalysedTasks } from "./tasks";
import type { UpdateLedger } from "./updates";

/** One access, as numbers. */
interface RawAccess {
  readonly task: number;
  readonly site: number;
  readonly flags: number;
  readonly value: number;
  readonly index: number;
  readonly locks: number;
}

interface RaceRecord {
  readonly slot: number;
  /** The first byte within the slot's 8 that both touched: an element of a typed array may be smaller. */
  readonly byte: number;
  /** Bytes that both touched, from there on. A DataView may reach over the border of a slot. */
  bytes: number;
  readonly first: RawAccess;
  readonly second: RawAccess;
  /** Of the latest pair: which event of which task. What one access does in two slots is no other pair. */
  latest: { task: number; index: number; otherTask: number; otherIndex: number };
  readonly tasks: Set<number>;
  /** Which of WRITE (2) and read (1) raced at the lower and at the higher site. */
  readonly ops: [number, number];
  count: number;
}

interface StaleRecord {
  readonly slot: number;
  readonly byte: number;
  readonly bytes: number;
  readonly read: RawAccess;
  readonly between: RawAccess;
  readonly write: RawAccess;
  /** What was written does not depend on what was read. */
  readonly constant: boolean;
  count: number;
}

/** Reports per pair of sites: of an array of objects each is a variable. Races of further ones are counted in the first report. */
const MAX_VARIABLES = 1_000;
/** Reports in all. Their number without it is bounded by the square of the source's length only, and a corrupt trace may use that. */
const MAX_REPORTS = 100_000;
const MAX_STALES = 10_000;
const SITES = 2 ** 24;

/** Gathers races and stale writes into one finding per variable and sites. */
export class RaceCollector implements ShadowListener {
  shadow!: Shadow;
  /** Pair of sites → variable → what was seen. */
  private readonly races = new Map<number, Map<number, RaceRecord>>();
  private readonly variableOfSlot = new Map<number, number>();
  private readonly stales = new Map<string, StaleRecord>();
  private reports = 0;
  changed = false;

  constructor(
    private readonly memory: MemoryMap,
    private readonly tasks: AnalysedTasks,
    private readonly lockSets: LockSets,
    private readonly ledger: UpdateLedger,
    private readonly sites: SiteTexts,
    readonly fresh: ShadowListener["fresh"],
  ) {}

  /** The variable that a slot belongs to, as one number: space and container. An unknown address stands for itself. */
  private variable(slot: number): number {
    let variable = this.variableOfSlot.get(slot);
    if (variable === undefined) {
      const space = this.shadow.space(slot);
      const address = this.shadow.address(slot);
      const name = this.memory.slot(space, address);
      variable = (space + 1) * 2 ** 32 + (name?.container.address ?? address);
      if (name) this.variableOfSlot.set(slot, variable);
    }
    return variable;
  }

  same(task: number, value: number, otherTask: number, otherValue: number): boolean {
    return this.tasks.same(task, value, otherTask, otherValue);
  }

  watched(slot: number, task: number, write: boolean, value: number, whole: boolean): void {
    if (!whole) this.ledger.spoil(slot);
    else if (write) this.ledger.write(slot, task, value);
    else this.ledger.read(slot, task, value);
  }

  race(slot: number, earlier: number, task: number, site: number, flags: number, mask: number, value: number, index: number, locks: number): void {
    const { shadow } = this;
    const otherSite = shadow.site(earlier);
    const low = Math.min(site, otherSite);
    const pair = low * SITES + Math.max(site, otherSite);
    const variable = this.variable(slot);
    let byVariable = this.races.get(pair);
    if (!byVariable) {
      if (this.reports >= MAX_REPORTS) return;
      this.races.set(pair, (byVariable = new Map()));
    }
    const otherTask = shadow.task(earlier);
    let record = byVariable.get(variable);
    if (!record && (byVariable.size >= MAX_VARIABLES || this.reports >= MAX_REPORTS)) [record] = byVariable.values();
    if (!record) {
      this.reports++;
      const common = mask & shadow.mask(earlier);
      record = {
        slot,
        byte: firstByte(common),
        bytes: bytesOf(common),
        first: this.entry(earlier),
        second: { task, site, flags, value, index, locks },
        latest: { task, index: -1, otherTask, otherIndex: -1 },
        tasks: new Set(),
        ops: [0, 0],
        count: 0,
      };
      byVariable.set(variable, record);
    }
    // What touches all of a slot reaches over none of its borders.
    if (mask === 0xff || !this.goesOn(record, slot, earlier, task, mask, index)) record.count++;
    record.tasks.add(task);
    record.tasks.add(otherTask);
    record.ops[site === low ? 0 : 1] |= op(flags);
    record.ops[otherSite === low ? 0 : 1] |= op(shadow.flags(earlier));
    this.changed = true;
  }

  /** Whether it is the same pair of accesses as the latest one, in the slot before. */
  private goesOn(record: RaceRecord, slot: number, earlier: number, task: number, mask: number, index: number): boolean {
    const { shadow } = this;
    const { latest } = record;
    const otherTask = shadow.task(earlier);
    const otherIndex = shadow.index(earlier);
    if (latest.index === index && latest.task === task && latest.otherIndex === otherIndex && latest.otherTask === otherTask) {
      if (record.count === 1 && shadow.address(slot) === shadow.address(record.slot) + record.byte + record.bytes) record.bytes += bytesOf(mask & shadow.mask(earlier));
      return true;
    }
    latest.task = task;
    latest.index = index;
    latest.otherTask = otherTask;
    latest.otherIndex = otherIndex;
    return false;
  }

  stale(slot: number, read: number, between: number, task: number, site: number, value: number, index: number, locks: number): void {
    const { shadow } = this;
    if (shadow.racy(slot) !== 0) return;
    // Of atomic steps the order is known exactly: AtomicUpdates sees to them.
    if ((shadow.flags(read) & shadow.flags(between) & ATOMIC) !== 0) return;
    const base = shadow.value(read);
    const writer = shadow.task(between);
    const wrote = shadow.value(between);
    if (this.tasks.same(writer, wrote, task, base) || this.tasks.same(task, value, task, base)) return;
    if (this.sites.shows(shadow.site(read))) return;
    // Two that set the same constant: nothing is lost. Whether both should have is not told by the values.
    const constant = this.sites.writesConstant(site);
    if (constant && this.tasks.same(writer, wrote, task, value)) return;
    if ((constant || this.sites.knownBefore(shadow.site(read), site)) && !this.sites.decides(shadow.site(read))) return;
    const key = `${this.variable(slot)} ${shadow.site(read)} ${shadow.site(between)} ${site}`;
    const known = this.stales.get(key);
    if (known) known.count++;
    else if (this.stales.size < MAX_STALES) {
      this.stales.set(key, { slot, byte: firstByte(shadow.mask(between)), bytes: bytesOf(shadow.mask(between)), read: this.entry(read), between: this.entry(between), write: { task, site, flags: WRITE, value, index, locks }, constant, count: 1 });
    }
    this.changed = true;
  }

  private entry(e: number): RawAccess {
    const { shadow } = this;
    return { task: shadow.task(e), site: shadow.site(e), flags: shadow.flags(e), value: shadow.value(e), index: shadow.index(e), locks: shadow.locks(e) };
  }

  private evidence(raw: RawAccess, ops: number = op(raw.flags)): AccessEvidence {
    const task = this.tasks.list[raw.task]!;
    return {
      task: task.id,
      index: raw.index,
      time: task.times.at(raw.index),
      site: raw.site,
      op: ops === 3 ? "update" : ops === 2 ? "write" : "read",
      atomic: (raw.flags & ATOMIC) !== 0,
      value: task.value(raw.value),
      locks: this.lockSets.locks(raw.locks),
    };
  }

  /** What the bytes are called: several elements of an array as `bytes[4…7]`. */
  private names({ slot, byte, bytes }: { readonly slot: number; readonly byte: number; readonly bytes: number }): { name: string; container: string; atomics: boolean } {
    const space = this.shadow.space(slot);
    const address = this.shadow.address(slot) + byte;
    const found = this.memory.slot(space, address);
    const last = bytes > 1 ? this.memory.slot(space, address + bytes - 1) : found;
    const several = found && last && found.container === last.container && found.key !== last.key;
    const name = several ? `${found.name.slice(0, -1)}…${last.key.slice(1)}` : (found?.name ?? `0x${address.toString(16)}`);
    return { name, container: found ? `${found.container.name}@${found.container.address}` : name, atomics: found !== undefined && takesAtomics(found.container) };
  }

  private ids(tasks: Iterable<number>): number[] {
    return [...tasks].map((task) => this.tasks.list[task]!.id).sort((x, y) => x - y);
  }

  /** `proofs`: whether every access was told, so that losses can be counted. */
  findings(proofs: boolean): (DataRaceFinding | LostUpdateFinding | AtomicityFinding)[] {
    const races = new Map<string, DataRaceFinding>();
    for (const byVariable of this.races.values()) {
      for (const record of byVariable.values()) {
        const finding = this.describe(record, proofs);
        // Records made before the name of their address was told may belong to one variable.
        const known = races.get(finding.id);
        if (known) {
          const tasks = [...new Set([...known.tasks, ...finding.tasks])].sort((x, y) => x - y);
          races.set(finding.id, { ...known, count: known.count + finding.count, tasks });
        } else races.set(finding.id, finding);
      }
    }
    return [...races.values(), ...[...this.stales.values()].filter((stale) => this.shadow.racy(stale.slot) === 0).map((stale) => this.describeStale(stale))];
  }

  /** The places that access a slot where only a lock could order them with another task's access. */
  places(slot: number): GuardedPlace[] {
    const { shadow, lockSets } = this;
    return [...shadow.needingLock(slot)].filter((e) => (shadow.flags(e) & ATOMIC) === 0).map((e) => ({ site: shadow.site(e), write: (shadow.flags(e) & WRITE) !== 0, locks: lockSets.locks(shadow.locks(e)) }));
  }

  private discipline(slot: number): LockDiscipline | undefined {
    const tally = new DisciplineTally();
    for (const place of this.places(slot)) tally.add(place);
    return tally.result();
  }

  private describe(record: RaceRecord, proofs: boolean): DataRaceFinding {
    const low = Math.min(record.first.site, record.second.site);
    const opsOf = (raw: RawAccess): number => (record.first.site === record.second.site ? record.ops[0] : record.ops[raw.site === low ? 0 : 1]);
    const first = this.evidence(record.first, opsOf(record.first));
    const second = this.evidence(record.second, opsOf(record.second));
    const space = this.shadow.space(record.slot);
    const { name, container, atomics } = this.names(record);
    const sites = [first.site, second.site].sort((x, y) => x - y).join("-");
    return {
      kind: "data-race",
      id: `data-race ${space} ${container} ${sites}`,
      space,
      address: this.shadow.address(record.slot) + record.byte,
      variable: name,
      accesses: first.time <= second.time ? [first, second] : [second, first],
      tasks: this.ids(record.tasks),
      atomics,
      harm: proofs ? this.harm(record) : null,
      discipline: this.discipline(record.slot),
      count: record.count,
    };
  }

  private harm(record: RaceRecord): LostUpdateProof | null {
    const proof = this.ledger.proof(record.slot);
    if (!proof || ![proof.first.task, proof.second.task].every((task) => record.tasks.has(task))) return null;
    // The proof belongs to the pair of sites that wrote.
    if ((record.ops[0] & 2) === 0 && (record.ops[1] & 2) === 0) return null;
    const told = (update: { task: number; wrote: number }): LostUpdateProof["first"] => {
      const task = this.tasks.list[update.task]!;
      return { task: task.id, wrote: task.value(update.wrote) };
    };
    return { read: proof.read, first: told(proof.first), second: told(proof.second) };
  }

  private describeStale(stale: StaleRecord): LostUpdateFinding | AtomicityFinding {
    const accesses = [this.evidence(stale.read), this.evidence(stale.between), this.evidence(stale.write)] as const;
    const { name, container } = this.names(stale);
    const base = { variable: name, object: undefined, accesses, tasks: this.ids(new Set([stale.read.task, stale.between.task])) };
    const key = `${container} ${accesses.map((access) => access.site).join("-")}`;
    if (stale.constant) return { kind: "atomicity-violation", id: `atomicity-violation ${key}`, pattern: "overwritten", ...base, expected: undefined, count: stale.count };
    return {
      kind: "lost-update",
      id: `lost-update ${key}`,
      ...base,
      proof: {
        read: accesses[0].value,
        first: { task: accesses[1].task, wrote: accesses[1].value },
        second: { task: accesses[2].task, wrote: accesses[2].value },
      },
      count: stale.count,
    };
  }
}

/** ECMAScript's Atomics take integers only. */
function takesAtomics({ kind, elements = "" }: ContainerMeta): boolean {
  return (kind === "typed-array" || kind === "buffer") && !/^Float/.test(elements);
}

/** Of a mask of bytes. */
function firstByte(mask: number): number {
  return mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
}

/** From the first to the last of a mask of bytes. */
function bytesOf(mask: number): number {
  return mask === 0 ? 1 : 32 - Math.clz32(mask) - firstByte(mask);
}

/** 1: reads, 2: writes. */
function op(flags: number): number {
  return (flags & WRITE) !== 0 ? 2 : 1;
}
