/**
 * Where things lie in a heap. Offsets in bytes. All objects are aligned to 16 and never move or die, so that an address
 * means the same thing for the whole run; only text blocks are reused.
 */
export const HEAP_BYTES = 256 * 1024 * 1024;
/** Typed arrays have buffers of their own; their addresses come from here on, up to 2 GiB. */
export const TYPED_BASE = HEAP_BYTES;
export const TYPED_LIMIT = 0x8000_0000;

// header (the lock is at 8, 12, 16: words.ts)
export const HEAP_TOP = 20;
export const TYPED_TOP = 24;
export const NEXT_BUFFER = 28;
/** Newest variable; they are a linked list. */
export const VARIABLES = 32;
/** Newest typed array; a linked list too. */
export const TYPED_ARRAYS = 36;
export const FREE_LISTS = 64;
export const FREE_CLASSES = 24;
export const DIRECTORY = 256;
export const DIRECTORY_BUCKETS = 1024;
export const KEYS = DIRECTORY + DIRECTORY_BUCKETS * 4;
export const KEY_BUCKETS = 8192;
export const FIRST_FREE = KEYS + KEY_BUCKETS * 4;

export enum Shape {
  Object = 1,
  Array = 2,
  TypedArray = 3,
  Map = 4,
  Set = 5,
}

// every container
export const C_SHAPE = 0;
/** Creating task, and whether readers know the container's name. */
export const C_STATE = 4;
export const STATE_ANNOUNCED = 0x8000_0000;
/** What it was made in (0: a variable, or unknown), and under which name or index. */
export const C_PARENT = 8;
export const C_KEY = 12;
/** C_KEY is an index, not the offset of a key. */
export const KEY_IS_INDEX = 0x8000_0000;

// object: chunks of fields, oldest first
export const O_COUNT = 16;
export const O_CHUNK = 20;
export const O_ORDINAL = 24;
export const OBJECT_BYTES = 32;
export const CHUNK_NEXT = 0;
export const CHUNK_CAPACITY = 4;
export const CHUNK_HEADER = 16;
export const FIELD_BYTES = 16;
/** In a field: the slot is at 0. */
export const FIELD_KEY = 8;
export const FIELD_ORDINAL = 12;

/** Map, Set: an object whose fields are the entries, and the slot of the size behind it. */
export const M_SIZE = 32;
export const COLLECTION_BYTES = 48;

// array: a spine of chunks, each as large as all before it
export const A_LENGTH = 16;
export const A_FIRST_SHIFT = 24;
export const A_CHUNKS = 32;
export const A_SPINE = 25;
export const ARRAY_BYTES = 144;
export const MIN_FIRST_SHIFT = 3;
/** An array longer than this would not fit in the heap. */
export const MAX_INDEX = 2 ** 25 - 1;

// typed array
export const T_ELEMENTS = 16;
export const T_BUFFER = 20;
export const T_OFFSET = 24;
export const T_LENGTH = 28;
/** Trace address of the buffer's first byte. */
export const T_ADDRESS = 32;
export const T_BUFFER_BYTES = 36;
export const T_NEXT = 40;
export const TYPED_BYTES = 48;

// variable: its slot (of a primitive, or of a reference that may be replaced), or the container that it is
export const V_SLOT = 0;
export const V_NEXT = 8;
export const V_NAME = 12;
/** 0: the slot is the variable. */
export const V_CONTAINER = 16;
export const V_IDENTITY = 20;
export const V_BUCKET_NEXT = 24;
/** 0 while its maker makes it, 1 when all may use it, 2 if making it failed. */
export const V_READY = 28;
export const VARIABLE_BYTES = 32;

// interned key
export const K_NEXT = 0;
export const K_HASH = 4;
/** Characters; the top bit says two bytes each. */
export const K_LENGTH = 8;
export const K_TEXT = 12;

// text block
export const B_GENERATION = 0;
export const B_LENGTH = 4;
export const B_TEXT = 8;
export const WIDE = 0x8000_0000;
