import { html, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";
import { icon } from "../common/icon";
import { PanelPart } from "../common/part";
import type { Topic } from "../state/store";

/** The overlay with all keys and the legend of the lanes. */
@customElement("cp-help")
export class Help extends PanelPart {
  protected readonly topics: readonly Topic[] = [];
  close: () => void = () => undefined;
  @query("dialog") private dialog!: HTMLDialogElement;

  private opener: Element | null = null;

  override firstUpdated(): void {
    this.opener = document.activeElement;
    this.dialog.showModal();
  }

  /** A dialog gives the focus back when it is closed, not when it is taken away, as by the key that has opened it. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.opener instanceof HTMLElement) this.opener.focus();
  }

  protected override render(): TemplateResult {
    const { words } = this.store;
    const legend: [string, string][] = [
      ["running", words.legendRunning],
      ["blocked", words.legendBlocked],
      ["waiting", words.legendWaiting],
      ["sleeping", words.legendSleeping],
      ["merged", words.legendMerged],
      ["held", words.legendHeld],
      ["contended", words.legendContended],
      ["read", words.legendRead],
      ["write", words.legendWrite],
      ["race", words.legendRace],
    ];
    return html`<dialog class="help" aria-labelledby="help-title" @close=${() => this.close()}>
      <header><h2 id="help-title">${words.helpTitle}</h2><button class="icon-button" title=${words.close} aria-label=${words.close} @click=${() => this.dialog.close()}>${icon("close")}</button></header>
      <div class="help-columns">
        <dl class="keys">${words.helpKeys.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`)}</dl>
        <div><h3>${words.legend}</h3><ul class="legend">${legend.map(([name, text]) => html`<li><span class="swatch ${name}" aria-hidden="true"></span>${text}</li>`)}</ul></div>
      </div>
    </dialog>`;
  }
}
