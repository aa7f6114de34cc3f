import { SEGMENT_BASE, SEGMENT_SPACE, type ContainerMeta, type Meta, type RangeMeta } from "./meta";

/** What an address means. */
export interface SlotName {
  readonly container: ContainerMeta;
  /** "counter", "account.balance", "queue[3]", "queue.length" */
  readonly name: string;
  /** What stands behind the container's name: "", ".balance", "[3]". */
  readonly key: string;
}

interface SpaceMap {
  parent: SpaceMap | undefined;
  readonly containers: Map<number, ContainerMeta>;
  readonly slots: Map<number, { container: number; key: string }>;
  /** Container → its slots here. */
  readonly slotsOf: Map<number, { address: number; key: string }[]>;
  readonly rangesOf: Map<number, RangeMeta[]>;
  /** Sorted by address. */
  readonly ranges: RangeMeta[];
}

/** The space in which an address is looked up: the run-wide segment is the same from every space. */
export function spaceOf(space: number, address: number): number {
  return address >= SEGMENT_BASE ? SEGMENT_SPACE : space;
}

/** Tells what addresses mean, from the facts of a trace. A copied space knows what its parent knew. */
export class MemoryMap {
  private readonly spaces = new Map<number, SpaceMap>();

  add(meta: Meta): void {
    switch (meta.type) {
      case "space":
        this.copy(meta.id, meta.copyOf);
        return;
      case "container":
        this.space(meta.space).containers.set(meta.address, meta);
        return;
      case "slot": {
        const map = this.space(meta.space);
        const known = map.slots.get(meta.address);
        map.slots.set(meta.address, { container: meta.container, key: meta.key });
        if (known?.container !== meta.container || known.key !== meta.key) {
          push(map.slotsOf, meta.container, { address: meta.address, key: meta.key });
        }
        return;
      }
      case "range": {
        const { ranges, rangesOf } = this.space(meta.space);
        push(rangesOf, meta.container, meta);
        let at = ranges.length;
        while (at > 0 && ranges[at - 1]!.address > meta.address) at--;
        ranges.splice(at, 0, meta);
        return;
      }
      default:
        return;
    }
  }

  /** The space that a space was copied from. */
  parentOf(space: number): number | undefined {
    const parent = this.spaces.get(space)?.parent;
    if (!parent) return undefined;
    for (const [id, map] of this.spaces) if (map === parent) return id;
    return undefined;
  }

  private copy(id: number, copyOf: number | null): void {
    const map = this.space(id);
    if (copyOf === null || map.parent) return;
    const parent = this.space(copyOf);
    // A corrupt trace may claim a circle.
    for (let above: SpaceMap | undefined = parent; above; above = above.parent) if (above === map) return;
    map.parent = parent;
  }

  private space(id: number): SpaceMap {
    let map = this.spaces.get(id);
    if (!map) {
      map = {
        parent: undefined,
        containers: new Map(),
        slots: new Map(),
        slotsOf: new Map(),
        rangesOf: new Map(),
        ranges: [],
      };
      this.spaces.set(id, map);
    }
    return map;
  }

  container(space: number, address: number): ContainerMeta | undefined {
    for (let map = this.spaces.get(spaceOf(space, address)); map; map = map.parent) {
      const found = map.containers.get(address);
      if (found) return found;
    }
    return undefined;
  }

  /** The named variables that a space holds, its parent's first. A child's own declaration replaces its parent's. */
  variables(space: number): ContainerMeta[] {
    const byAddress = new Map<number, ContainerMeta>();
    const chain: SpaceMap[] = [];
    for (let map = this.spaces.get(space); map; map = map.parent) chain.unshift(map);
    for (const map of chain) {
      for (const container of map.containers.values()) if (container.variable) byAddress.set(container.address, container);
    }
    return [...byAddress.values()];
  }

  spaceIds(): number[] {
    return [...this.spaces.keys()];
  }

  /** Undefined for an address that nothing declared. */
  slot(space: number, address: number): SlotName | undefined {
    for (let map = this.spaces.get(spaceOf(space, address)); map; map = map.parent) {
      const slot = map.slots.get(address);
      if (slot) {
        const container = this.container(space, slot.container);
        if (container) return { container, key: slot.key, name: container.name + slot.key };
      }
      const self = map.containers.get(address);
      if (self && self.kind === "slot") return { container: self, key: "", name: self.name };
      const range = findRange(map.ranges, address);
      if (range) {
        const container = this.container(space, range.container);
        if (container) {
          const key = `[${range.firstIndex + Math.floor((address - range.address) / range.stride)}]`;
          return { container, key, name: container.name + key };
        }
      }
    }
    return undefined;
  }

  /** All slots of a container with their addresses, in order of declaration; ranges as they are. */
  slotsOf(space: number, container: number): { slots: { address: number; key: string }[]; ranges: RangeMeta[] } {
    const slots: { address: number; key: string }[] = [];
    const ranges: RangeMeta[] = [];
    const chain: SpaceMap[] = [];
    for (let map = this.spaces.get(spaceOf(space, container)); map; map = map.parent) chain.unshift(map);
    for (const map of chain) {
      slots.push(...(map.slotsOf.get(container) ?? []));
      ranges.push(...(map.rangesOf.get(container) ?? []));
    }
    return { slots, ranges };
  }
}

function push<T>(lists: Map<number, T[]>, key: number, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function findRange(ranges: readonly RangeMeta[], address: number): RangeMeta | undefined {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle]!;
    if (address < range.address) high = middle - 1;
    else if (address >= range.address + range.byteLength) low = middle + 1;
    else return range;
  }
  return undefined;
}
