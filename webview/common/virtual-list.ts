/** Browsers stop at some 33 million pixels; a longer list is scrolled in proportion. */
const MAX_PIXELS = 15_000_000;

/** Which rows of a very long list are on the screen. Pure arithmetic, so that it can be tested without one. */
export class VirtualList {
  constructor(
    readonly count: number,
    readonly rowHeight: number,
    readonly viewHeight: number,
  ) {}

  /** Height of the scrolled content. */
  get height(): number {
    return Math.min(this.count * this.rowHeight, MAX_PIXELS);
  }

  private get compressed(): boolean {
    return this.count * this.rowHeight > MAX_PIXELS;
  }

  private get fitting(): number {
    return Math.max(1, Math.floor(this.viewHeight / this.rowHeight));
  }

  /** First row on the screen, with a fraction where it is scrolled in half. */
  private firstAt(scrollTop: number): number {
    if (!this.compressed) return scrollTop / this.rowHeight;
    const room = Math.max(this.height - this.viewHeight, 1);
    return Math.min(1, Math.max(0, scrollTop / room)) * Math.max(0, this.count - this.viewHeight / this.rowHeight);
  }

  /** The rows to draw, and where the first of them stands in the content. */
  visible(scrollTop: number): { readonly first: number; readonly last: number; readonly top: number } {
    const exact = this.firstAt(scrollTop);
    const first = Math.max(0, Math.floor(exact));
    const last = Math.min(this.count, Math.ceil(exact + this.viewHeight / this.rowHeight) + 1);
    return { first, last, top: scrollTop - (exact - first) * this.rowHeight };
  }

  /** Where to scroll so that a row can be seen; `scrollTop` itself if it can be seen already. */
  reveal(row: number, scrollTop: number): number {
    const exact = this.firstAt(scrollTop);
    if (row >= Math.ceil(exact) && row + 1 <= exact + this.viewHeight / this.rowHeight) return scrollTop;
    const wanted = row < exact ? row : row + 1 - this.viewHeight / this.rowHeight;
    const middle = Math.abs(row - exact) > 2 * this.fitting ? row - this.fitting / 2 : wanted;
    const first = Math.max(0, middle);
    if (!this.compressed) return first * this.rowHeight;
    return (first / Math.max(1, this.count - this.viewHeight / this.rowHeight)) * (this.height - this.viewHeight);
  }

  /** Where to scroll for the end of the list. */
  get end(): number {
    return Math.max(0, this.height - this.viewHeight);
  }
}
