/** Longer texts are cut in the trace (never in the program). */
const MAX_TEXT = 1000;
const MAX_ENTRIES = 20_000;
const MAX_CHARACTERS = 4_000_000;

/** Numbers the texts that a task's values refer to. Forgets all at once when it has grown large; numbers go on. */
export class TextTable {
  private readonly ids = new Map<string, number>();
  private characters = 0;
  private next = 1;

  /** The text's number; `write` is told each text that has not been written (or was forgotten). */
  id(text: string, write: (id: number, text: string) => void): number {
    const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
    const known = this.ids.get(cut);
    if (known !== undefined) return known;
    if (this.ids.size >= MAX_ENTRIES || this.characters + cut.length > MAX_CHARACTERS) {
      this.ids.clear();
      this.characters = 0;
    }
    const id = this.next++;
    this.ids.set(cut, id);
    this.characters += cut.length;
    write(id, cut);
    return id;
  }
}
