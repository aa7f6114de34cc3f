import { absent, type ContainerKind } from "../../trace";
import type { MemoryCore, Region } from "./core";
import { arrayChunks } from "./array-layout";
import { fieldLabel } from "./collection-keys";
import { nameOf } from "./container-names";
import { ELEMENT_TYPES } from "./element-types";
import {
  A_LENGTH,
  C_SHAPE,
  C_STATE,
  FIELD_KEY,
  M_SIZE,
  STATE_ANNOUNCED,
  Shape,
  T_ADDRESS,
  T_ELEMENTS,
  T_LENGTH,
  T_OFFSET,
} from "./layout";
import { fields } from "./object-layout";

/**
 * Objects inside variables that their creator names at once. Of later ones it says nothing; the first *other* task that
 * meets one names it, so whatever can be part of a race has a name.
 */
const NAMED_BY_CREATOR = 20_000;

/** Tells readers of the trace what addresses are called. */
export class Announcer {
  private named = 0;

  constructor(private readonly core: MemoryCore) {}

  /** A variable of a primitive value, or one that refers to an object and may be assigned another. */
  variable(region: Region, offset: number, name: string, site: number): void {
    const { recorder } = this.core;
    recorder.meta({
      type: "container",
      space: region.space(this.core.context),
      address: region.words.base + offset,
      kind: "slot",
      name,
      variable: true,
      site,
    });
    this.init(region, offset);
  }

  private init(region: Region, offset: number): void {
    const value = this.core.peek(region, offset);
    if (value === absent) return;
    this.core.recorder.init(region.words.base + offset, this.core.traceValue(region, region.words.get(offset), value));
  }

  /** A container just made, with its initial values. */
  created(region: Region, offset: number, variable: boolean, site: number): void {
    if (!variable && this.named >= NAMED_BY_CREATOR) return;
    this.named++;
    this.container(region, offset, variable, site, true);
  }

  /** A container that another task made: names it if nobody has. */
  met(region: Region, offset: number): void {
    const { words } = region;
    const state = words.load(offset + C_STATE);
    if (state >= STATE_ANNOUNCED || state === this.core.context.task) return;
    this.container(region, offset, false, 0, false);
  }

  private container(region: Region, offset: number, variable: boolean, site: number, init: boolean): void {
    const { words } = region;
    const state = words.load(offset + C_STATE);
    if (state < STATE_ANNOUNCED) words.compareExchange(offset + C_STATE, state, state + STATE_ANNOUNCED);
    const shape = words.load(offset + C_SHAPE) as Shape;
    const space = region.space(this.core.context);
    const address = words.base + offset;
    const name = nameOf(region, offset);
    const elements = shape === Shape.TypedArray ? ELEMENT_TYPES[words.load(offset + T_ELEMENTS)]?.name : undefined;
    this.core.recorder.meta({
      type: "container",
      space,
      address,
      kind: KINDS[shape],
      name,
      variable,
      ...(elements === undefined ? {} : { elements }),
      ...(site === 0 ? {} : { site }),
    });
    switch (shape) {
      case Shape.Map:
      case Shape.Set:
      case Shape.Object:
        if (shape !== Shape.Object) {
          this.slot(region, offset, offset + M_SIZE, ".size");
          if (init) this.init(region, offset + M_SIZE);
        }
        for (const field of fields(words, offset)) {
          this.slot(region, offset, field, fieldLabel(this.core, shape !== Shape.Object, region.heap.keyText(words.load(field + FIELD_KEY))));
          if (init) this.init(region, field);
        }
        return;
      case Shape.Array:
        this.slot(region, offset, offset + A_LENGTH, ".length");
        if (init) this.init(region, offset + A_LENGTH);
        for (const chunk of arrayChunks(words, offset)) {
          this.range(region, offset, chunk.offset, chunk.first, chunk.count);
          if (init) for (let i = 0; i < chunk.count; i++) this.init(region, chunk.offset + i * 8);
        }
        return;
      case Shape.TypedArray: {
        if (init) this.initBytes(region, offset);
        const type = ELEMENT_TYPES[words.load(offset + T_ELEMENTS)];
        if (!type) return;
        this.core.recorder.meta({
          type: "range",
          space,
          address: words.load(offset + T_ADDRESS) + words.load(offset + T_OFFSET),
          byteLength: words.load(offset + T_LENGTH) * type.bytes,
          stride: type.bytes,
          container: address,
          firstIndex: 0,
        });
        return;
      }
    }
  }

  private initBytes(region: Region, offset: number): void {
    const view = this.core.object(region.words.base + offset) as Uint8Array;
    const { buffer, byteOffset, byteLength } = (this.core.parts.copyOfView(view) as Uint8Array | undefined) ?? view;
    // All zero says nothing that a reader does not assume.
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    if (bytes.some((byte) => byte !== 0)) this.core.recorder.initBytes(region.words.load(offset + T_ADDRESS) + view.byteOffset, bytes);
  }

  /** A field, `length` … of a container that readers know already. */
  slot(region: Region, container: number, offset: number, key: string): void {
    const { base } = region.words;
    this.core.recorder.meta({ type: "slot", space: region.space(this.core.context), address: base + offset, container: base + container, key });
  }

  range(region: Region, container: number, offset: number, firstIndex: number, count: number): void {
    const { base } = region.words;
    this.core.recorder.meta({
      type: "range",
      space: region.space(this.core.context),
      address: base + offset,
      byteLength: count * 8,
      stride: 8,
      container: base + container,
      firstIndex,
    });
  }

  /** Whether readers know a container: only then its new parts are worth telling (else they come with its name). */
  knows(region: Region, offset: number): boolean {
    return region.words.load(offset + C_STATE) >= STATE_ANNOUNCED;
  }
}

const KINDS: Record<Shape, ContainerKind> = {
  [Shape.Object]: "object",
  [Shape.Array]: "array",
  [Shape.TypedArray]: "typed-array",
  [Shape.Map]: "map",
  [Shape.Set]: "set",
};
