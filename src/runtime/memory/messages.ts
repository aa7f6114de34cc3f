import { isAnyArrayBuffer, isBoxedPrimitive, isDate, isMap, isNativeError, isRegExp, isSet } from "node:util/types";

/** How one part of a message that is not plain data is written and read. */
export interface MessageParts {
  /** What stands for `value` in the message: JSON, and perhaps plain data with it. Undefined: `value` is plain data. */
  toRef(value: object): MessageRef | undefined;
  fromRef(json: string, content: unknown): object;
}

export interface MessageRef {
  readonly json: string;
  readonly content?: unknown;
}

const VIEW = 0;
const REF = 1;
const REF_WITH_CONTENT = 2;

const VIEWS = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
] as const;

/** Stands for a value with a reference; a view, so that the serializer asks us how to write it. */
class Marker extends Uint8Array {
  constructor(readonly ref: MessageRef) {
    super(0);
  }
}

/** V8 quotes the source of a function, which is compiled code where it does anything worth recording. */
export function dataCloneError(message: string): DOMException {
  return new DOMException(message.includes("$cp.") ? "A function could not be cloned." : message, "DataCloneError");
}

/** Made when the first message is written or read: a thread that has none need not load what these extend. */
function makeCoders() {
  const { Deserializer, Serializer } = process.getBuiltinModule("node:v8");
  // Their methods are called by name.
  class MessageSerializer extends Serializer {
    constructor() {
      super();
      // In Node's interface, though not in its type declarations.
      (this as unknown as { _setTreatArrayBufferViewsAsHostObjects(flag: boolean): void })._setTreatArrayBufferViewsAsHostObjects(true);
    }

    _getDataCloneError(message: string): DOMException {
      return dataCloneError(message);
    }

    _writeHostObject(value: object): void {
      if (value instanceof Marker) {
        const { json, content } = value.ref;
        const text = Buffer.from(json, "utf8");
        this.writeUint32("content" in value.ref ? REF_WITH_CONTENT : REF);
        this.writeUint32(text.length);
        this.writeRawBytes(text);
        if ("content" in value.ref) this.writeValue(content);
        return;
      }
      if (!ArrayBuffer.isView(value)) throw new DOMException(`${Object.prototype.toString.call(value)} could not be cloned.`, "DataCloneError");
      this.writeUint32(VIEW);
      this.writeUint32(VIEWS.findIndex((constructor) => value instanceof constructor));
      this.writeUint32(value.byteLength);
      this.writeRawBytes(Buffer.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)));
    }
  }

  class MessageDeserializer extends Deserializer {
    constructor(bytes: Uint8Array, private readonly parts: MessageParts) {
      super(bytes);
    }

    _readHostObject(): object {
      const kind = this.readUint32();
      if (kind === VIEW) {
        const constructor = VIEWS[this.readUint32()] as new (buffer: ArrayBuffer, offset: number, length: number) => ArrayBufferView;
        const bytes = new Uint8Array(this.readRawBytes(this.readUint32()));
        const element = "BYTES_PER_ELEMENT" in constructor ? Number(constructor.BYTES_PER_ELEMENT) : 1;
        return new constructor(bytes.buffer, 0, bytes.byteLength / element);
      }
      const json = this.readRawBytes(this.readUint32()).toString("utf8");
      return this.parts.fromRef(json, kind === REF_WITH_CONTENT ? this.readValue() : undefined);
    }
  }
  return { MessageSerializer, MessageDeserializer };
}

let made: ReturnType<typeof makeCoders> | undefined;

const coders = (): ReturnType<typeof makeCoders> => (made ??= makeCoders());

/** Structured clone to bytes. Throws DOMException "DataCloneError" for what can't be cloned. */
export function encodeMessage(value: unknown, parts: MessageParts): Uint8Array {
  const serializer = new (coders().MessageSerializer)();
  serializer.writeHeader();
  serializer.writeValue(rewrite(value, parts));
  return serializer.releaseBuffer();
}

export function decodeMessage(bytes: Uint8Array, parts: MessageParts): unknown {
  const deserializer = new (coders().MessageDeserializer)(bytes, parts);
  deserializer.readHeader();
  return deserializer.readValue();
}

/** The value with markers where references are; itself, if there are none. */
function rewrite(root: unknown, parts: MessageParts): unknown {
  const refs = new Map<object, Marker>();
  const seen = new Set<object>();
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    const ref = parts.toRef(value);
    if (ref) refs.set(value, new Marker("content" in ref ? { json: ref.json, content: rewrite(ref.content, parts) } : ref));
    else for (const inner of contents(value)) look(inner);
  };
  look(root);
  if (refs.size === 0) return root;
  const copies = new Map<object, object>(refs);
  const copy = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const known = copies.get(value);
    if (known) return known;
    const make = <T extends object>(result: T, fill: (result: T) => void): T => {
      copies.set(value, result);
      fill(result);
      return result;
    };
    if (isMap(value)) return make(new Map<unknown, unknown>(), (map) => value.forEach((item, key) => map.set(copy(key), copy(item))));
    if (isSet(value)) return make(new Set<unknown>(), (set) => value.forEach((item) => set.add(copy(item))));
    if (isOpaque(value)) return value;
    const result: object = Array.isArray(value) ? new Array<unknown>(value.length) : {};
    return make(result, (target) => {
      for (const key of Object.keys(value)) {
        Object.defineProperty(target, key, { value: copy(Reflect.get(value, key)), enumerable: true, writable: true, configurable: true });
      }
    });
  };
  return copy(root);
}

/** Structured clone treats these as one piece. */
function isOpaque(value: object): boolean {
  return ArrayBuffer.isView(value) || isAnyArrayBuffer(value) || isDate(value) || isRegExp(value) || isNativeError(value) || isBoxedPrimitive(value);
}

function* contents(value: object): Generator<unknown> {
  if (isMap(value)) {
    for (const [key, item] of value) {
      yield key;
      yield item;
    }
  } else if (isSet(value)) yield* value;
  else if (!isOpaque(value)) for (const key of Object.keys(value)) yield Reflect.get(value, key);
}
