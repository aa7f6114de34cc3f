import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import type { LocatedFinding } from "../../src/report/contract";
import { stepTasks } from "../../src/report/format-steps";
import { icon } from "../common/icon";
import { PanelPart } from "../common/part";
import { taskBadge } from "../common/task-badge";
import { waitGraph } from "../locks/wait-graph";
import type { Topic } from "../state/store";
import { taskName } from "../timeline/describe";
import { fileName } from "../toolbar/notices";
import { findingText, formatEvidence, momentOf } from "./finding-text";

const ICONS: Record<LocatedFinding["kind"], string> = {
  "data-race": "zap",
  "lost-update": "debug-disconnect",
  "atomicity-violation": "split-horizontal",
  deadlock: "sync-ignored",
  "lock-order": "arrow-swap",
  "lost-wakeup": "bell-slash",
  "lock-misuse": "unlock",
  "assertion-failed": "testing-failed-icon",
  crash: "flame",
};

/** What is wrong, each with its evidence and its explanation. */
@customElement("cp-findings")
export class Findings extends PanelPart {
  protected readonly topics: readonly Topic[] = ["findings", "run"];
  /** Closed by hand although selected. */
  private shut: string | undefined;

  protected override storeChanged(topics: ReadonlySet<Topic>): void {
    if (topics.has("findings")) this.shut = undefined;
  }

  protected override updated(): void {
    this.querySelector(".finding.selected")?.scrollIntoView({ block: "nearest" });
  }

  protected override render(): TemplateResult {
    const { store } = this;
    const { words, findings, state } = store;
    if (findings.length === 0) {
      const clean = state.phase === "ended" && state.outcome === "completed";
      return html`${this.gone()}<div class="part-empty">${clean ? html`${icon("pass", "good")}<p>${words.noFindingsClean}<br /><span class="muted">${words.noFindingsNote}</span></p>` : html`<p>${words.noFindings}</p>`}</div>`;
    }
    return html`${this.gone()}<ul class="findings" aria-label=${words.findings}>
      ${findings.map((finding) => this.finding(finding))}
    </ul>`;
  }

  /** Findings of the run before that have not come again. */
  private gone(): TemplateResult | typeof nothing {
    const { words, gone, mode } = this.store;
    const { findings, sameText } = gone;
    const how = words[mode].toLowerCase();
    if (findings.length === 0) return nothing;
    const [title, note] = sameText ? [words.notAgain(findings.length, how), words.notAgainNote] : [words.gone(findings.length, how), words.goneNote];
    return html`<div class="notice gone" role="note">
      ${sameText ? icon("info") : icon("pass", "good")}
      <div><strong>${title}:</strong> ${findings.map(({ kind, variable, message }, n) => html`${n > 0 ? "; " : nothing}<span title=${message}>${words.kinds[kind]}${variable ? html` · <code>${variable}</code>` : nothing}</span>`)}<div class="muted">${note}</div></div>
    </div>`;
  }

  private isOpen(finding: LocatedFinding): boolean {
    const selected = this.store.selectedFinding;
    // The only finding of a run needs no click.
    return finding.id !== this.shut && (selected === undefined ? this.store.findings.length === 1 : selected === finding.id);
  }

  private toggle(finding: LocatedFinding): void {
    const { store } = this;
    if (this.isOpen(finding)) {
      this.shut = finding.id;
      this.requestUpdate();
      return;
    }
    this.shut = undefined;
    store.selectFinding(finding.id);
    const [first] = finding.events;
    if (first) store.showMoments(finding.events.map(({ time }) => time), first);
  }

  private finding(finding: LocatedFinding): TemplateResult {
    const { words, selectedFinding } = this.store;
    const open = this.isOpen(finding);
    const panel = `finding-${this.store.findings.indexOf(finding)}`;
    return html`<li class="finding ${selectedFinding === finding.id ? "selected" : ""}">
      <button class="finding-head" aria-expanded=${open ? "true" : "false"} aria-controls=${panel} @click=${() => this.toggle(finding)}>
        ${icon(open ? "chevron-down" : "chevron-right")}${icon(ICONS[finding.kind], "bad")}
        <span class="finding-title"><span class="finding-kind">${words.kinds[finding.kind]}${finding.variable ? html` · <code>${finding.variable}</code>` : nothing}</span><span class="finding-message">${finding.message}</span></span>
        ${finding.count > 1 ? html`<span class="badge" title=${words.timesTitle(finding.count, finding.kind)}>${words.times(finding.count)}</span>` : nothing}
      </button>
      ${open ? html`<div class="finding-body" id=${panel}>${this.accesses(finding)}${this.cycle(finding)}${this.places(finding)}${this.steps(finding)}${finding.explanation.map((text) => html`<p>${text}</p>`)}<div><button class="link" @click=${() => this.copy(finding)}>${icon("copy")} ${words.copyFinding}</button></div></div>` : nothing}
    </li>`;
  }

  private accesses(finding: LocatedFinding): TemplateResult | typeof nothing {
    const { words, trace } = this.store;
    if (!finding.accesses || finding.accesses.length === 0) return nothing;
    const does = { read: words.opRead, write: words.opWrite, update: words.opUpdate };
    return html`<table class="data accesses">
      <thead><tr><th>${words.accessTask}</th><th>${words.accessDoes}</th><th>${words.accessValue}</th><th>${words.accessLocks}</th><th>${words.accessPlace}</th></tr></thead>
      <tbody>
        ${finding.accesses.map(
          (access, n) => html`<tr>
            <td><span class="with-badge">${taskBadge(access.task)} ${taskName(trace, access.task)}</span></td>
            <td>${does[access.op]}${access.atomic ? ` ${words.atomically}` : ""}</td>
            <td><code>${formatEvidence(access.value)}</code></td>
            <td class=${access.locks.length === 0 ? "bad" : ""}>${access.locks.join(", ") || words.noLocks}</td>
            <td class="place"><button class="link" title=${words.goToAccess} @click=${() => this.goTo(finding, n, access.file, access.line, access.column, access.task)}>${fileName(access.file)}:${access.line}</button> <code class="muted">${access.text}</code></td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  private cycle(finding: LocatedFinding): TemplateResult | typeof nothing {
    const { words, trace } = this.store;
    const { cycle } = finding;
    if (!cycle || cycle.length === 0) return nothing;
    const edges = cycle.flatMap(({ task, waitsFor, heldBy }) => heldBy.map((holder) => ({ from: task, to: holder, label: waitsFor })));
    return html`<div class="cycle">
      ${edges.length > 0 ? waitGraph(words, edges, (task) => taskName(trace, task)) : nothing}
      <ul>
        ${cycle.map(
          (entry, n) => html`<li>
            <span class="with-badge">${taskBadge(entry.task)} ${taskName(trace, entry.task)}</span> ${words.waitsForIn(entry.waitsFor)}${entry.holds.length > 0 ? `; ${words.holds(entry.holds.join(", "))}` : ""}
            <button class="link" title=${words.goToAccess} @click=${() => this.goTo(finding, n, entry.file, entry.line, 1, entry.task)}>${fileName(entry.file)}:${entry.line}</button>
          </li>`,
        )}
      </ul>
    </div>`;
  }

  /** Where it happened, for findings that neither accesses nor a cycle tell of. */
  private places(finding: LocatedFinding): TemplateResult | typeof nothing {
    const { accesses = [], cycle = [], ranges, events, tasks } = finding;
    if (accesses.length > 0 || cycle.length > 0 || ranges.length === 0) return nothing;
    const { words, trace } = this.store;
    return html`<ul class="places">
      ${ranges.map(({ file, line, column }, n) => {
        const task = events[n]?.task ?? tasks[n] ?? tasks[0] ?? 0;
        return html`<li><span class="with-badge">${taskBadge(task)} ${taskName(trace, task)}</span> <button class="link" title=${words.goToAccess} @click=${() => this.goTo(finding, n, file, line, column, task)}>${fileName(file)}:${line}</button></li>`;
      })}
    </ul>`;
  }

  /** What happened, a column per task. */
  private steps({ steps }: LocatedFinding): TemplateResult | typeof nothing {
    const { words, trace } = this.store;
    const tasks = stepTasks(steps ?? []);
    // One task's steps are in the text.
    if (!steps || tasks.length < 2) return nothing;
    return html`<table class="data steps" aria-label=${words.stepByStep}>
      <thead><tr><th>${words.stepByStep}</th>${tasks.map((task) => html`<th><span class="with-badge">${taskBadge(task)} ${taskName(trace, task)}</span></th>`)}</tr></thead>
      <tbody>
        ${steps.map(
          (step) => html`<tr>
            <td class="place"><button class="link" title=${words.goToAccess} @click=${() => this.store.post({ type: "reveal", file: step.file, line: step.line, column: step.column, endLine: step.line, endColumn: step.column })}>${words.line(step.line)}</button></td>
            ${tasks.map((task) => html`<td>${task === step.task ? step.text : nothing}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** The editor shows the line, the playhead goes to the moment. */
  private goTo(finding: LocatedFinding, n: number, file: string, line: number, column: number, task: number): void {
    const range = finding.ranges[n];
    const place = range ?? { file, line, column };
    this.store.post({ type: "reveal", ...place });
    const moment = momentOf(finding, n, task);
    if (this.store.selectedFinding !== finding.id) this.store.selectFinding(finding.id);
    if (moment) this.store.showMoments(finding.events.map(({ time }) => time), moment);
  }

  private copy(finding: LocatedFinding): void {
    this.store.post({ type: "copy", text: findingText(this.store.words, finding, (task) => taskName(this.store.trace, task)) });
  }
}
