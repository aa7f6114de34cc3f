import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import type { TaskCosts } from "../../src/report/contract";
import { PanelPart } from "../common/part";
import { taskBadge } from "../common/task-badge";
import type { Topic } from "../state/store";
import { taskName } from "../timeline/describe";
import { formatDuration } from "../timeline/ticks";

/** What each task used: creation, memory, processor, switches, and what it sent and received. */
@customElement("cp-costs")
export class Costs extends PanelPart {
  protected readonly topics: readonly Topic[] = ["run"];

  protected override render(): TemplateResult {
    const { words, costs } = this.store;
    const own = words.costsTable;
    if (costs.length === 0) return html`<div class="part-empty"><p>${own.atTheEnd}</p></div>`;
    const talked = costs.filter(({ communication }) => communication.length > 0);
    return html`<div class="scroll">
      <table class="data costs">
        <caption class="sr-only">${words.costs}</caption>
        <thead><tr><th>${words.accessTask}</th>${(["created", "memory", "cpu", "voluntary", "involuntary"] as const).map((id) => html`<th class="number" title=${own.hints[id]}>${own[id]}</th>`)}</tr></thead>
        <tbody>${costs.map((cost) => this.task(cost))}</tbody>
      </table>
      <p class="muted costs-note">${own.note}</p>
      ${talked.length > 0
        ? html`<table class="data costs">
            <caption>${own.communication}</caption>
            <thead><tr><th>${words.accessTask}</th><th>${own.means}</th><th class="number">${own.sent}</th><th class="number">${own.received}</th></tr></thead>
            <tbody>${talked.flatMap(({ task, communication }) => communication.map((one, n) => this.traffic(task, one, n === 0)))}</tbody>
          </table>`
        : nothing}
    </div>`;
  }

  private who(task: number): TemplateResult {
    return html`<span class="with-badge">${taskBadge(task)} ${taskName(this.store.trace, task)}</span>`;
  }

  private task({ task, createdInMs, memoryBytes, cpuUserMs, cpuSystemMs, voluntarySwitches, involuntarySwitches }: TaskCosts): TemplateResult {
    const { words } = this.store;
    const own = words.costsTable;
    const cells = [
      createdInMs === null ? undefined : formatDuration(createdInMs * 1e6),
      memoryBytes === null ? undefined : `${(memoryBytes / 1e6).toFixed(1)} MB`,
      cpuUserMs === null ? undefined : formatDuration((cpuUserMs + (cpuSystemMs ?? 0)) * 1e6),
      voluntarySwitches === null ? undefined : own.count(voluntarySwitches),
      involuntarySwitches === null ? undefined : own.count(involuntarySwitches),
    ];
    // Main is not spawned by anybody; that is no gap in what is known.
    return html`<tr><td class="name">${this.who(task)}</td>${cells.map((text, n) => html`<td class="number">${text ?? (n === 0 && task === 0 ? "–" : html`<span class="muted" title=${own.notToldWhy}>${own.notTold}</span>`)}</td>`)}</tr>`;
  }

  private traffic(task: number, { means, sent, sentBytes, received, receivedBytes }: TaskCosts["communication"][number], first: boolean): TemplateResult {
    const { words } = this.store;
    const moved = (times: number, bytes: number | null): string => (times === 0 ? "–" : words.costsTable.moved(times, bytes));
    return html`<tr><td class="name">${first ? this.who(task) : nothing}</td><td>${words.compare.means[means]}</td><td class="number">${moved(sent, sentBytes)}</td><td class="number">${moved(received, receivedBytes)}</td></tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cp-costs": Costs;
  }
}
