import { isTypedArray } from "node:util/types";
import { Cell, CellMode } from "./cell";
import type { Region } from "./core";
import { ELEMENT_TYPES, elementTypeOf } from "./element-types";
import { VARIABLES, V_CONTAINER, V_IDENTITY, V_NEXT, V_SLOT } from "./layout";
import type { TaskMemory } from "./memory";
import type { MessageParts, MessageRef } from "./messages";
import { nameOf } from "./container-names";
import { plainCopy } from "./plain-copy";
import type { Travellers } from "./travellers";
import type { MessageTarget } from "./types";

/** How a message names what is in shared memory. */
type Reference =
  /** An object or array, or a typed array by its descriptor, where sender and receiver see the same memory. */
  | { readonly to: "container"; readonly address: number }
  /** A view of shared bytes that has no descriptor of its own. */
  | { readonly to: "view"; readonly segment: boolean; readonly buffer: number; readonly bytes: number; readonly address: number; readonly offset: number; readonly length: number; readonly elements: number }
  | { readonly to: "data-view"; readonly segment: boolean; readonly buffer: number; readonly bytes: number; readonly address: number; readonly offset: number; readonly length: number }
  | { readonly to: "cell"; readonly segment: boolean; readonly record: number }
  /** A cell of an object that is the variable for good; the object comes as content. */
  | { readonly to: "object-cell"; readonly name: string }
  /** Of another space: the receiver's variable of that identity, or a new one with the content. */
  | { readonly to: "copy"; readonly identity?: string; readonly name: string; readonly cell: boolean }
  | { readonly to: "traveller"; readonly ref: string };

/** What arrives as itself in messages. */
export class References {
  constructor(
    private readonly memory: TaskMemory,
    private readonly travellers: Travellers,
  ) {}

  parts(target: MessageTarget): MessageParts {
    return {
      toRef: (value) => this.toRef(value, target === "other"),
      fromRef: (json, content) => this.fromRef(JSON.parse(json) as Reference, content),
    };
  }

  private toRef(value: object, other: boolean): MessageRef | undefined {
    const { core, typed } = this.memory;
    if (value instanceof Cell) return this.cellRef(value, other);
    const at = core.handlers.get(value) ?? typed.descriptorOf(value);
    if (at) {
      const { region, offset } = at;
      if (other && region === core.own) return this.copyRef(value, this.variableOf(region, offset), nameOf(region, offset));
      return ref({ to: "container", address: region.words.base + offset });
    }
    if (isTypedArray(value) && typed.info(value)) {
      const known = typed.bufferOf(value.buffer as SharedArrayBuffer)!;
      if (other && known.region === core.own) return undefined;
      return ref({
        to: "view",
        segment: known.region === core.segment,
        buffer: known.id,
        bytes: known.buffer.byteLength,
        address: known.address,
        offset: value.byteOffset,
        length: value.length,
        elements: elementTypeOf(value)!.type,
      });
    }
    const view = typed.segment.of(value);
    if (view) {
      const { bytes, byteOffset, length, type } = view;
      return ref({ to: "view", segment: true, buffer: bytes.id, bytes: bytes.byteLength, address: bytes.address, offset: byteOffset, length, elements: type.type });
    }
    const behind = typed.behindDataView(value);
    if (behind && !(other && behind.region === core.own)) {
      const { byteOffset: offset, byteLength: length } = value as DataView;
      return ref({ to: "data-view", segment: behind.region === core.segment, buffer: behind.id, bytes: behind.byteLength, address: behind.address, offset, length });
    }
    const traveller = this.travellers.encode(value);
    return traveller === undefined ? undefined : ref({ to: "traveller", ref: traveller });
  }

  private cellRef(cell: Cell, other: boolean): MessageRef {
    if (cell.mode === CellMode.Object) return { ...ref({ to: "object-cell", name: cell.name }), content: cell.object };
    if (!other || cell.mode === CellMode.Segment) return ref({ to: "cell", segment: cell.mode === CellMode.Segment, record: cell.record });
    const { words, heap } = cell.region;
    const identity = words.load(cell.record + V_IDENTITY);
    const value = this.memory.core.peek(cell.region, cell.record + V_SLOT);
    return {
      ...ref({ to: "copy", name: cell.name, cell: true, ...(identity === 0 ? {} : { identity: heap.keyText(identity) }) }),
      content: plainCopy(this.memory.core, value, false),
    };
  }

  private copyRef(value: object, identity: string | undefined, name: string): MessageRef {
    const content = isTypedArray(value) ? value.slice() : plainCopy(this.memory.core, value, false);
    return { ...ref({ to: "copy", name, cell: false, ...(identity === undefined ? {} : { identity }) }), content };
  }

  /** The identity of the variable that a container is. */
  private variableOf(region: Region, offset: number): string | undefined {
    const { words, heap } = region;
    for (let record = words.load(VARIABLES); record !== 0; record = words.load(record + V_NEXT)) {
      if (words.load(record + V_CONTAINER) !== words.base + offset) continue;
      const identity = words.load(record + V_IDENTITY);
      if (identity !== 0) return heap.keyText(identity);
    }
    return undefined;
  }

  private fromRef(reference: Reference, content: unknown): object {
    const { memory } = this;
    switch (reference.to) {
      case "container":
        return memory.core.object(reference.address);
      case "view": {
        const { segment, buffer, address, bytes, elements, offset, length } = reference;
        return memory.typed.view(memory.region(segment), buffer, address, bytes, ELEMENT_TYPES[elements]!, offset, length);
      }
      case "data-view": {
        const { segment, buffer, address, bytes, offset, length } = reference;
        return memory.typed.dataView(memory.region(segment), buffer, address, bytes, offset, length);
      }
      case "cell":
        return memory.cellAt(memory.region(reference.segment), reference.record);
      case "object-cell":
        return new Cell(CellMode.Object, memory.core.own, 0, reference.name, content as object);
      case "copy": {
        const creation = { identity: reference.identity, name: reference.name, site: memory.core.recorder.site };
        return reference.cell ? memory.cell(content, false, true, creation) : memory.sharedValue(content, false, creation);
      }
      case "traveller":
        return this.travellers.decode(reference.ref);
    }
  }
}

function ref(reference: Reference): MessageRef {
  return { json: JSON.stringify(reference) };
}
