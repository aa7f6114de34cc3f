import { html, type TemplateResult } from "lit";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import { shortPaths } from "./short-paths";

/** A drop-down: which file of the run is shown. */
export function fileSelect(label: string, files: readonly string[], chosen: string, choose: (file: string) => void): TemplateResult {
  const names = shortPaths(files);
  const changed = ({ target }: Event): void => {
    if (target instanceof HTMLElement && "value" in target) choose(String(target.value));
  };
  return html`<vscode-single-select class="file-select" label=${label} aria-label=${label} title=${chosen} .value=${chosen} @change=${changed}>
    ${files.map((file, i) => html`<vscode-option value=${file} ?selected=${file === chosen}>${names[i]}</vscode-option>`)}
  </vscode-single-select>`;
}
