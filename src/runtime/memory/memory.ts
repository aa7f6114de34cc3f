import { isMap, isSet, isTypedArray } from "node:util/types";
import type { Creation } from "../context";
import { Announcer } from "./announce";
import { ArrayHandler } from "./array-handler";
import { Cell, CellMode } from "./cell";
import { presentCollection } from "./collections";
import { CopyIn, describe } from "./copy-in";
import { MemoryCore, Region, type MemoryContext, type SharedHandler } from "./core";
import { finalJson } from "./finals";
import { References } from "./references";
import { Shape, VARIABLES, V_CONTAINER, V_NAME, V_SLOT } from "./layout";
import { decodeMessage, encodeMessage } from "./messages";
import { ObjectHandler } from "./object-handler";
import { plainCopy } from "./plain-copy";
import { exportImage, importImage } from "./space-image";
import { Travellers } from "./travellers";
import { TypedArrays } from "./typed-arrays";
import type { Memory, MessageTarget, Traveller } from "./types";
import { Variables } from "./variables";
import { BufferWords, type Words } from "./words";
import { phrases } from "./phrases";

const MAX_FINALS = 10_000;

/** Shared memory of one task: the heap of its process and the segment of the run. */
export class TaskMemory implements Memory {
  readonly core: MemoryCore;
  readonly typed: TypedArrays;
  readonly variables: Variables;
  private readonly announcer: Announcer;
  private readonly copyIn: CopyIn;
  private readonly travellers = new Travellers();
  private readonly references: References;

  constructor(readonly context: MemoryContext, heap: SharedArrayBuffer, segment: Words) {
    const core = new MemoryCore(context, new Region(new BufferWords(heap, 0, context.task)), new Region(segment));
    this.core = core;
    this.typed = new TypedArrays(core);
    this.announcer = new Announcer(core);
    this.variables = new Variables();
    this.copyIn = new CopyIn(core, this.announcer, this.typed);
    this.references = new References(this, this.travellers);
    core.parts = {
      place: (value, region, place) => this.copyIn.place(value, region, place),
      reject: (value, region, place) => this.copyIn.reject(value, region, place),
      present: (region, offset, shape) => this.present(region, offset, shape),
      encodeTraveller: (value) => this.travellers.encode(value),
      decodeTraveller: (text) => this.travellers.decode(text),
      travellerId: (text) => this.travellers.id(text),
      existing: (value, region) => this.copyIn.existing(value, region),
      descriptorOf: (value) => this.typed.descriptorOf(value),
      copyOfView: (value) => {
        const view = this.typed.segment.of(value);
        return view?.copy(0, view.length);
      },
    };
  }

  region(segment: boolean): Region {
    return segment ? this.core.segment : this.core.own;
  }

  private present(region: Region, offset: number, shape: Shape): object {
    this.announcer.met(region, offset);
    switch (shape) {
      case Shape.Object:
        return this.behind(ObjectHandler.create(this.core, this.announcer, region, offset));
      case Shape.Array:
        return this.behind(ArrayHandler.create(this.core, this.announcer, region, offset));
      case Shape.TypedArray:
        return this.typed.present(region, offset);
      case Shape.Map:
      case Shape.Set:
        return this.behind(presentCollection(this.core, this.announcer, region, offset, shape));
    }
  }

  private behind({ proxy, handler }: { proxy: object; handler: SharedHandler }): object {
    this.core.handlers.set(proxy, handler);
    return proxy;
  }

  sharedValue(initial: unknown, segment: boolean, creation: Creation): object {
    if (typeof initial !== "object" || initial === null || this.travellers.is(initial)) {
      const name = creation.name ?? "x";
      if (typeof initial === "function" || typeof initial === "symbol") throw new TypeError(phrases().cannotShare(describe(initial), name));
      throw new TypeError(phrases().needsVariable(/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : "x"));
    }
    const region = this.region(segment);
    const record = this.variables.declare(region, creation, (fresh) => {
      const key = creation.name ?? "shared";
      region.words.store(fresh + V_CONTAINER, this.copyIn.place(initial, region, { parent: 0, key }, creation.site));
    });
    return this.core.object(region.words.load(record + V_CONTAINER));
  }

  cell(initial: unknown, segment: boolean, assigned: boolean, creation: Creation): Cell {
    const region = this.region(segment);
    const name = creation.name ?? "shared";
    if (!assigned && typeof initial === "object" && initial !== null && !this.travellers.is(initial)) {
      return new Cell(CellMode.Object, region, 0, name, this.sharedValue(initial, segment, creation));
    }
    const record = this.variables.declare(region, creation, (fresh) => {
      this.core.put(region, fresh + V_SLOT, this.core.encode(initial, region, { parent: 0, key: name }));
      this.announcer.variable(region, fresh, name, creation.site);
    });
    return this.cellAt(region, record);
  }

  cellAt(region: Region, record: number): Cell {
    const name = region.heap.keyText(region.words.load(record + V_NAME));
    return new Cell(region.words.base === 0 ? CellMode.Heap : CellMode.Segment, region, record, name, undefined);
  }

  encodeMessage(value: unknown, target: MessageTarget): Uint8Array {
    return encodeMessage(value, this.references.parts(target));
  }

  decodeMessage(bytes: Uint8Array): unknown {
    return decodeMessage(bytes, this.references.parts("same"));
  }

  registerTraveller(tag: string, traveller: Traveller): void {
    this.travellers.register(tag, traveller);
  }

  exportSpace(): Uint8Array {
    return exportImage(this.core.own, this.typed);
  }

  importSpace(image: Uint8Array): void {
    importImage(image, this.core.own, this.typed);
  }

  emitFinals(segment: boolean): void {
    this.finalsOf(this.core.own);
    if (segment) this.finalsOf(this.core.segment);
    this.core.recorder.flush();
  }

  private finalsOf(region: Region): void {
    const { words } = region;
    if (words.load(VARIABLES) === 0) return;
    for (const record of this.variables.all(region).slice(0, MAX_FINALS)) {
      const container = words.load(record + V_CONTAINER);
      const value = container === 0 ? this.core.peek(region, record + V_SLOT) : this.core.object(container);
      this.core.recorder.meta({
        type: "final",
        space: region.space(this.context),
        container: container === 0 ? words.base + record : container,
        name: region.heap.keyText(words.load(record + V_NAME)),
        value: finalJson(plainCopy(this.core, value, true), (object) => this.nameOfTraveller(object)),
      });
    }
  }

  private nameOfTraveller(value: object): string | undefined {
    if (isTypedArray(value) || Array.isArray(value) || isMap(value) || isSet(value)) return undefined;
    const ref = this.travellers.encode(value);
    if (ref === undefined) return undefined;
    const { constructor } = value;
    return typeof constructor === "function" && constructor.name ? constructor.name : "object";
  }
}

