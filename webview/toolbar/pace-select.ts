import { html, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import { PACES, isPaceName, type PaceName } from "../state/player";
import type { PanelStore } from "../state/store";

/** A drop-down: how quickly the run is played. */
export function paceSelect(store: PanelStore): TemplateResult {
  const { words, player } = store;
  const changed = ({ target }: Event): void => {
    if (target instanceof HTMLElement && "value" in target && isPaceName(target.value)) store.setPace(target.value);
  };
  // The element keeps the text of its options: another language makes a new one.
  return html`${keyed(
    store.locale,
    html`<vscode-single-select class="pace-select" label=${words.pace} aria-label=${words.pace} title=${words.pace} .value=${player.pace} @change=${changed}>
    ${(Object.keys(PACES) as PaceName[]).map((name) => html`<vscode-option value=${name} ?selected=${name === player.pace}>${words.paces[name]}</vscode-option>`)}
  </vscode-single-select>`,
  )}`;
}
