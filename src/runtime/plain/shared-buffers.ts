import { isProxy, isSharedArrayBuffer } from "node:util/types";
import { elementTypeOf, type ElementTypeInfo, type TypedArray } from "../memory/element-types";
import type { KnownBuffer } from "../memory/typed-arrays";
import type { TaskMemory } from "../memory";
import type { TaskRecorder } from "../recorder/types";

/** A SharedArrayBuffer on its way to another thread, with what makes it the same memory there. */
export interface BufferRef {
  readonly buffer: SharedArrayBuffer;
  readonly id: number;
  readonly address: number;
  /** Offset, in the process's heap, of the list of the parts that have a name. */
  readonly names: number;
}

// The list of named parts: lock, count, then begin and end of each.
const N_COUNT = 4;
const N_PARTS = 8;
const MAX_PARTS = 32;
const NAMES_BYTES = N_PARTS + MAX_PARTS * 8;
/** Longer initial contents are not put into the trace. */
const MAX_INITIAL_BYTES = 1024 * 1024;

interface Named {
  readonly view: WeakRef<TypedArray>;
  readonly address: number;
  readonly name: string;
}

/**
 * All SharedArrayBuffers that a plain program uses: each has one range of trace addresses in all threads, however it
 * came there. What they are called is what the first view of each part is called.
 */
export class SharedBuffers {
  private readonly refs = new WeakMap<SharedArrayBuffer, BufferRef>();
  private readonly viewNames = new WeakMap<object, { name: string; site: number }>();
  /** DataViews that were used, as bytes. */
  private readonly asBytes = new WeakMap<DataView, Uint8Array>();
  private readonly named: Named[] = [];

  constructor(
    private readonly memory: TaskMemory,
    private readonly recorder: TaskRecorder,
    private readonly guard: { enter(): void; leave(): void },
  ) {
    const { typed } = memory;
    typed.any = true;
    typed.meet = (buffer) => (isSharedArrayBuffer(buffer) ? this.meet(buffer) : undefined);
    typed.onView = (view, address, type) => this.onView(view, address, type);
    typed.onDataView = (view, address) => this.onDataView(view, address);
  }

  private get region(): TaskMemory["core"]["own"] {
    return this.memory.core.own;
  }

  private meet(buffer: SharedArrayBuffer): KnownBuffer | undefined {
    const ref = this.ref(buffer);
    return ref && this.memory.typed.adopt(this.region, ref.id, ref.address, buffer);
  }

  /** What another thread must be told of a buffer. Undefined where the trace has no addresses left: it is not recorded. */
  ref(buffer: SharedArrayBuffer): BufferRef | undefined {
    const known = this.refs.get(buffer);
    if (known) return known;
    const { heap } = this.region;
    const bytes = (buffer as { maxByteLength?: number }).maxByteLength ?? buffer.byteLength;
    try {
      const ref: BufferRef = { buffer, id: heap.nextBuffer(), address: heap.claimTyped(bytes), names: heap.allocate(NAMES_BYTES) };
      this.refs.set(buffer, ref);
      return ref;
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  adopt(ref: BufferRef): void {
    if (!this.refs.has(ref.buffer)) this.refs.set(ref.buffer, ref);
  }

  /** A view that the program has just made, and its name. */
  name(view: object, name: string, site: number): void {
    if (!isSharedArrayBuffer((view as { buffer?: unknown }).buffer)) return;
    if (name !== "") this.viewNames.set(view, { name, site });
    this.memory.typed.info(view);
  }

  /** Where nothing better is there to call its bytes by. */
  private onDataView(view: DataView, address: number): void {
    if (this.asBytes.has(view)) return;
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    this.asBytes.set(view, bytes);
    const given = this.viewNames.get(view);
    if (given) this.viewNames.set(bytes, given);
    this.onView(bytes, address, elementTypeOf(bytes)!);
  }

  private onView(view: TypedArray, address: number, type: ElementTypeInfo): void {
    const ref = this.refs.get(view.buffer as SharedArrayBuffer);
    if (!ref || view.byteLength === 0) return;
    const { buffer } = ref;
    const from = address - ref.address;
    const grows = (buffer as { growable?: boolean }).growable === true && from + view.byteLength === buffer.byteLength;
    const to = grows ? (buffer as unknown as { maxByteLength: number }).maxByteLength : from + view.byteLength;
    if (!this.claimName(ref, from, to)) return;
    const given = this.viewNames.get(view);
    const name = given?.name ?? `SharedArrayBuffer #${ref.id}`;
    const { space } = this.memory.core.context;
    const { recorder } = this;
    recorder.meta({ type: "container", space, address, kind: "typed-array", name, variable: true, elements: type.name, ...(given ? { site: given.site } : {}) });
    recorder.meta({ type: "range", space, address, byteLength: to - from, stride: type.bytes, container: address, firstIndex: 0 });
    this.named.push({ view: new WeakRef(view), address, name });
    if (view.byteLength <= MAX_INITIAL_BYTES) {
      const bytes = new Uint8Array(view.byteLength);
      bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
      if (bytes.some((byte) => byte !== 0)) recorder.initBytes(address, bytes);
    }
  }

  /** Whether these bytes have no name yet; then they have. */
  private claimName({ names }: BufferRef, from: number, to: number): boolean {
    const { words } = this.region;
    this.guard.enter();
    while (words.compareExchange(names, 0, 1) !== 0);
    try {
      const count = words.load(names + N_COUNT);
      for (let i = 0; i < count; i++) {
        const part = names + N_PARTS + i * 8;
        if (from < words.load(part + 4) && words.load(part) < to) return false;
      }
      if (count === MAX_PARTS) return false;
      words.store(names + N_PARTS + count * 8, from);
      words.store(names + N_PARTS + count * 8 + 4, to);
      words.store(names + N_COUNT, count + 1);
      return true;
    } finally {
      words.store(names, 0);
      this.guard.leave();
    }
  }

  /** What the memory that this task named holds at the end. */
  emitFinals(): void {
    for (const { view: ref, address, name } of this.named) {
      const view = ref.deref();
      if (!view) continue;
      const elements = Array.from(view.subarray(0, 1000) as ArrayLike<number | bigint>, (value) =>
        typeof value === "bigint" ? { $bigint: String(value) } : Number.isFinite(value) ? value : { $number: String(value) },
      );
      const value = view.length > 1000 ? [...elements, { $more: view.length - 1000 }] : elements;
      this.recorder.meta({ type: "final", space: this.memory.core.context.space, container: address, name, value });
    }
  }

  /** The shared buffers in a value that is about to be sent: those that structured cloning will take along. */
  collect(value: unknown): BufferRef[] {
    const found = new Map<SharedArrayBuffer, BufferRef>();
    const seen = new Set<object>();
    const stack: unknown[] = [value];
    const add = (buffer: SharedArrayBuffer): void => {
      const ref = this.ref(buffer);
      if (ref) found.set(buffer, ref);
    };
    for (let item = stack.pop(); item !== undefined || stack.length > 0; item = stack.pop()) {
      if (typeof item !== "object" || item === null || seen.has(item) || isProxy(item)) continue;
      seen.add(item);
      if (isSharedArrayBuffer(item)) add(item);
      else if (ArrayBuffer.isView(item)) {
        if (isSharedArrayBuffer(item.buffer)) add(item.buffer);
      } else pushContents(item, stack);
    }
    return [...found.values()];
  }
}

function pushContents(item: object, stack: unknown[]): void {
  if (item instanceof Map) for (const [key, value] of item) stack.push(key, value);
  else if (item instanceof Set) stack.push(...item);
  else {
    const prototype: unknown = Object.getPrototypeOf(item);
    // Instances of classes lose them in cloning, but keep their fields.
    if (prototype === Date.prototype || prototype === RegExp.prototype) return;
    if (Array.isArray(item) && item.length > 0 && typeof item[0] === "number" && typeof item[item.length - 1] === "number") {
      if (item.every((element) => typeof element === "number")) return;
    }
    for (const key of Object.keys(item)) {
      // A getter is called by cloning itself; calling it twice could be seen.
      const descriptor = Object.getOwnPropertyDescriptor(item, key);
      if (descriptor && "value" in descriptor && typeof descriptor.value === "object") stack.push(descriptor.value);
    }
  }
}
