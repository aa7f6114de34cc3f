export interface Goal {
  readonly bench: string;
  /** Path of the number in the bench's document. */
  readonly number: string;
  readonly reach: number;
  readonly bound: "at most" | "at least";
  readonly measured: number | null;
  readonly met: boolean | null;
}

export function goalsOf(bench: string, document: Readonly<Record<string, unknown>>): Goal[];
export function documentOf(output: string): Record<string, unknown>;
