/**
 * What an analysis keeps of each synchronization object, and of each element of memory that is synchronized by: found with numbers
 * alone, since every atomic operation asks.
 */
export class ByPlace<T> {
  private readonly objects = new Map<number, T>();
  private readonly spaces = new Map<number, Map<number, T>>();
  private count = 0;

  /**
   * @param limit of places; nothing is kept of others
   * @param make for a place that is new
   */
  constructor(
    private readonly limit: number,
    private readonly make: (object: number | undefined, space: number, address: number) => T,
  ) {}

  object(id: number): T | undefined {
    return this.objects.get(id) ?? this.add(this.objects, id, id, 0, id);
  }

  /** An address in bytes, of a space or of SEGMENT_SPACE. */
  element(space: number, address: number): T | undefined {
    let inSpace = this.spaces.get(space);
    if (!inSpace) this.spaces.set(space, (inSpace = new Map()));
    return inSpace.get(address) ?? this.add(inSpace, address, undefined, space, address);
  }

  private add(to: Map<number, T>, key: number, object: number | undefined, space: number, address: number): T | undefined {
    if (this.count >= this.limit) return undefined;
    this.count++;
    const made = this.make(object, space, address);
    to.set(key, made);
    return made;
  }

  *values(): Iterable<T> {
    yield* this.objects.values();
    for (const inSpace of this.spaces.values()) yield* inSpace.values();
  }
}
