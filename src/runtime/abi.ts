/** What instrumented code calls as `$cp`. docs/instrumentation.md says what is emitted when. */
export interface InstrumentationRuntime {
  /** Makes `site` the current site and returns `value`. */
  at<T>(value: T, site: number): T;
  site(site: number): void;

  /** Declaration id ("" for a local), display name, site: what is created until `end` belongs to it. */
  begin(declaration: string, name: string, site: number): void;
  end<T>(value: T): T;
  /** A variable declared `let x = shared(…)`. `assigned`: the program assigns to it somewhere; `segment`: sharedMemory. */
  cell(initial: unknown, name: string | undefined, assigned: boolean, segment: boolean): unknown;
  sharedValue(initial: unknown, name: string | undefined, segment: boolean): unknown;

  cr(cell: unknown, site: number): unknown;
  cw<T>(cell: unknown, value: T, site: number): T;
  /** ++ and --: returns the new value if `prefix`, else the old one as a numeric. */
  cu(cell: unknown, delta: 1 | -1, prefix: boolean, site: number): number | bigint;

  get(object: unknown, key: unknown, site: number): unknown;
  set<T>(object: unknown, key: unknown, value: T, site: number): T;
  upd(object: unknown, key: unknown, delta: 1 | -1, prefix: boolean, site: number): number | bigint;
  call(object: unknown, key: unknown, args: unknown[], site: number): unknown;
  /** Calls `method` (read from `object` before the arguments were evaluated, as JavaScript does). `text`: the callee's source, for the TypeError where it is no function. */
  invoke(object: unknown, method: unknown, args: unknown[], site: number, text: string): unknown;
  /** Stands for a cell as the target of a destructuring assignment or a for loop: setting `v` is a recorded write. */
  cellRef(cell: unknown, site: number): { v: unknown };
  /** The same for `o.p` and `o[k]`. */
  memberRef(object: unknown, key: unknown, site: number): { v: unknown };
  /** The same three in code that is not strict: an assignment that fails is passed over. */
  setLoosely<T>(object: unknown, key: unknown, value: T, site: number): T;
  updLoosely(object: unknown, key: unknown, delta: 1 | -1, prefix: boolean, site: number): number | bigint;
  memberRefLoosely(object: unknown, key: unknown, site: number): { v: unknown };
  iter<T>(iterable: T, site: number): T;
  /** A typed array or DataView just made, and what the program calls it ("": unknown). */
  view<T>(view: T, name: string, site: number): T;
  /** The same, made here: its first argument may be the `buffer` of an array in the segment. */
  newView(constructor: unknown, args: unknown[], name: string, site: number): unknown;
  /** Map or Set, whose own methods, borrowed from its prototype, then also work on shared ones. */
  lender<F>(constructor: F): F;
  /** Does what the global Atomics does, and records it where the memory is shared. */
  readonly Atomics: typeof Atomics;

  /** The function to spawn: its entry, the captured locals, and a name for the task. */
  fn(key: string | undefined, fn: unknown, captures: (() => Record<string, unknown>) | undefined, name: string | undefined): unknown;
  def(key: string, fn: unknown): void;
  /** A function just made that a spawn may get as a value: returns it. */
  made<F>(key: string, fn: F, captures: () => Record<string, unknown>): F;
  entry(fn: unknown): void;

  /** First in a catch clause: gives a message that quotes compiled code the words of the source. */
  caught(error: unknown): void;

  /** Once per iteration of a loop that records nothing: lets the runtime flush and notice that it should end. */
  tick(): void;
}
