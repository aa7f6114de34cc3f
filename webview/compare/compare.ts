import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import type { Comparison, ModeComparison } from "../../src/report/contract";
import type { RunMode } from "../../src/trace";
import { icon } from "../common/icon";
import { PanelPart } from "../common/part";
import { formatEvidence } from "../findings/finding-text";
import type { Topic } from "../state/store";
import { diagnosticList } from "../toolbar/notices";
import { linearAxis, logAxis } from "./axis";
import { chartTable, sideBySide } from "./chart";
import { MODES, communicationFigures, costFigures, runsOf } from "./figures";
import { inShort } from "./in-short";

/** Both modes beside each other: what was measured over several runs, and how the runs ended. */
@customElement("cp-compare")
export class Compare extends PanelPart {
  protected readonly topics: readonly Topic[] = ["comparison", "run"];

  protected override render(): TemplateResult {
    const { store } = this;
    const { words, comparison: state } = store;
    if (!state) return html``;
    const { comparison, running, done, of, reason, diagnostics } = state;
    const own = words.compare;
    return html`<section class="compare" aria-label=${own.title} tabindex="0">
      <header class="compare-head">
        <h1>${own.title}</h1>
        ${comparison ? html`<p class="muted">${own.lead(MODES.map((mode) => runsOf(comparison[mode])))}</p>` : nothing}
        ${running
          ? html`<div class="compare-progress"><progress max=${of} value=${done} aria-label=${own.progress(done, of)}></progress><span>${own.progress(done, of)}</span></div>`
          : nothing}
        ${reason ? html`<div class="notice warn">${icon("info")}<div>${reason} ${done < of ? own.stoppedAfter(done, of) : nothing}</div></div>` : nothing}
        ${diagnostics.length > 0 ? html`<div class="notice bad" role="alert">${icon("error")}<div><strong>${words.notCompiled}.</strong> ${words.notCompiledLead}${diagnosticList(store, diagnostics)}</div></div>` : nothing}
      </header>
      ${comparison ? this.figures(comparison, running) : running ? html`<p class="compare-wait muted">${own.waiting}</p>` : nothing}
    </section>`;
  }

  private figures(comparison: Comparison, measuring: boolean): TemplateResult {
    const { words } = this.store;
    const own = words.compare;
    const sentences = inShort(comparison, words, measuring);
    const communication = communicationFigures(comparison, words, measuring);
    const trips = communication.flatMap(({ values }) => MODES.flatMap((mode) => (values[mode] ? [values[mode].least, values[mode].most] : []))).filter((us) => us > 0);
    const tripAxis = trips.length === 0 ? undefined : logAxis(Math.min(...trips), Math.max(...trips));
    return html`
      ${sentences.length > 0 ? html`<section class="compare-part short"><h2>${own.inShort}</h2><ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul></section>` : nothing}
      <section class="compare-part"><h2>${own.outcome}</h2>${this.outcomes(comparison)}</section>
      <div class="compare-charts">
        <section class="compare-part">
          <h2>${own.costs}</h2>
          ${chartTable(words, own.costs, costFigures(comparison, words), ({ values }) => {
            const most = MODES.flatMap((mode) => values[mode]?.most ?? []);
            return most.length === 0 ? undefined : linearAxis(Math.max(...most));
          })}
        </section>
        <section class="compare-part">
          <h2>${own.communication}</h2>
          <p class="muted compare-note">${own.communicationNote}</p>
          ${(comparison.failedExchanges ?? []).map(({ mode, runs, outcome, error }) => html`<div class="notice warn">${icon("warning")}<div>${own.failedExchange(words[mode], runs, own.outcomes[outcome], error)}</div></div>`)}
          ${chartTable(words, own.communication, communication, () => tripAxis)}
        </section>
      </div>
      <p class="muted compare-note">${own.spreadNote}</p>
    `;
  }

  private outcomes(comparison: Comparison): TemplateResult | typeof nothing {
    const { words } = this.store;
    const own = words.compare;
    const both = (of: (mode: ModeComparison) => (TemplateResult | string)[]): Record<RunMode, (TemplateResult | string)[]> => ({ threads: of(comparison.threads), processes: of(comparison.processes) });
    const runs = (count: number, mode: ModeComparison): TemplateResult => html`<span class="muted">${own.ofRuns(count, runsOf(mode))}</span>`;
    const kinds = [...new Set(MODES.flatMap((mode) => comparison[mode].findings.map(({ kind }) => kind)))];
    const names = [...new Set(MODES.flatMap((mode) => comparison[mode].finals.map(({ name }) => name)))];
    const crashed = MODES.some((mode) => comparison[mode].crashes.length > 0);
    return sideBySide(words, own.outcome, own.what, [
      { name: own.ended, cells: both((mode) => mode.outcomes.map(({ outcome, count }) => html`${own.outcomes[outcome]} ${runs(count, mode)}`)) },
      ...(crashed ? [{ name: own.crashes, cells: both((mode) => mode.crashes.map((story) => html`${own.crash(story.crashed, story.ended, story.wentOn)} ${runs(story.runs, mode)}`)) }] : []),
      ...names.map((name) => ({
        name: html`${own.finalOf} <code>${name}</code>`,
        cells: both((mode) => (mode.finals.find((one) => one.name === name)?.values ?? []).map(({ value, count }) => html`<code>${formatEvidence(value)}</code> ${runs(count, mode)}`)),
      })),
      ...kinds.map((kind) => ({
        name: words.kinds[kind],
        cells: both((mode) => {
          const seen = mode.findings.find((one) => one.kind === kind)?.runs ?? 0;
          return [seen === 0 ? own.notFound : html`<span class="bad">${own.found}</span> ${runs(seen, mode)}`];
        }),
      })),
    ]);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cp-compare": Compare;
  }
}
