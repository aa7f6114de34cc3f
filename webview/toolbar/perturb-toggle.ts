import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../common/icon";
import type { PanelStore } from "../state/store";

const FIRST_SEED = 1;
const LAST_SEED = 2 ** 32 - 1;

/** Whether the next runs have random delays, and their seed: the same seed gives the same delays. */
export function perturbToggle(store: PanelStore): TemplateResult {
  const { words, perturb } = store;
  const own = words.perturb;
  const changed = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    const seed = Number(target.value);
    if (target.value !== "" && Number.isInteger(seed) && seed >= 0 && seed <= LAST_SEED) store.setPerturb(seed);
    else target.value = String(perturb);
  };
  return html`<span class="group perturb">
    <button class="toggle" aria-pressed=${perturb === null ? "false" : "true"} title=${own.title} @click=${() => store.setPerturb(perturb === null ? (store.perturbed ?? FIRST_SEED) : null)}>${icon("pulse")}<span>${own.button}</span></button>
    ${perturb === null ? nothing : html`<input class="seed" type="number" min="0" max=${LAST_SEED} step="1" .value=${String(perturb)} aria-label=${own.seed} title=${own.seedTitle} @change=${changed} />`}
  </span>`;
}
