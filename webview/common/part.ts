import { LitElement } from "lit";
import type { PanelStore, Topic } from "../state/store";
import { StoreController } from "../state/store";

/**
 * A part of the panel. Renders into the page itself, not into a shadow root: one style sheet and the icon font serve
 * all parts, and ids can be referred to across them by ARIA attributes.
 */
export abstract class PanelPart extends LitElement {
  store!: PanelStore;
  /** What it shows; it is drawn anew when one of these changes. */
  protected abstract readonly topics: readonly Topic[];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.controller) this.controller = new StoreController(this, this.store, this.topics, (topics) => this.storeChanged(topics));
  }
  private controller: StoreController | undefined;

  /** Told before the part is drawn anew. */
  protected storeChanged(_topics: ReadonlySet<Topic>): void {
    return;
  }
}
