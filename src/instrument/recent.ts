/** Results that were asked for lately, by what they follow from. */
export class Recent<Result> {
  private readonly results = new Map<string, Result>();

  /** @param size how many are kept */
  constructor(private readonly size: number) {}

  get(key: string): Result | undefined {
    const result = this.results.get(key);
    if (result !== undefined) this.keep(key, result);
    return result;
  }

  keep(key: string, result: Result): void {
    // What was asked for last stands last.
    this.results.delete(key);
    this.results.set(key, result);
    if (this.results.size > this.size) this.results.delete(this.results.keys().next().value!);
  }
}
