import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import type { LastWrite, MemoryView, VariableView } from "../../src/analysis/views";
import { icon } from "../common/icon";
import type { Words } from "../l10n";
import { PanelPart } from "../common/part";
import { taskBadge } from "../common/task-badge";
import type { Topic } from "../state/store";
import { taskName } from "../timeline/describe";
import { rootName } from "../timeline/variable-index";
import { neighbourOf, neighbourOfSlot } from "./access-steps";
import { memoryRows, type MemoryCell, type MemoryRow } from "./memory-rows";
import { valueText } from "./value-text";

/** Milliseconds. */
const MARK_LEAST = 600;

/** Every shared variable at the playhead; the copies of several processes side by side. */
@customElement("cp-memory")
export class Memory extends PanelPart {
  protected readonly topics: readonly Topic[] = ["trace", "playhead", "run"];
  private readonly expanded = new Set<string>();
  /** Text of each cell at the moment shown before this one, and at this one. */
  private previous = new Map<string, string>();
  private shown = new Map<string, string>();
  private shownAt = NaN;
  private markedSince = -Infinity;

  protected override render(): TemplateResult {
    const { store } = this;
    const { words, state } = store;
    const memory = store.views.memory(store.playhead);
    const spaces = memory.spaces.filter(({ variables }) => variables.length > 0);
    if (spaces.length === 0) return html`<div class="part-empty"><p>${state.phase === "running" ? words.noVariablesYet : words.noVariables}</p></div>`;
    if (store.playhead !== this.shownAt) {
      const now = performance.now();
      // While the run plays, a change stays marked long enough to be seen.
      if (!store.player.playing || now - this.markedSince > MARK_LEAST) {
        this.previous = this.shown;
        this.markedSince = now;
      }
      this.shown = new Map();
      this.shownAt = store.playhead;
    }
    const rows = memoryRows(memory, this.expanded);
    const single = spaces.length === 1;
    return html`<div class="scroll">
      ${spaces.filter(({ space }) => space >= 0).length > 1 ? html`<p class="part-note">${words.separateCopies}</p>` : nothing}
      <table class="data memory" aria-label=${words.memory}>
        <thead>
          <tr>
            <th>${words.variable}</th>
            ${single ? html`<th>${words.value}</th><th class="number">${words.reads}</th><th class="number">${words.writes}</th><th>${words.lastWriter}</th><th>${words.guardedBy}</th>` : spaces.map((space) => html`<th>${this.spaceTitle(space)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => html`<tr>
              <td class="name">${this.name(row)}</td>
              ${single ? this.full(row, spaces[0]!.space) : spaces.map(({ space }) => html`<td>${this.compact(row, space)}</td>`)}
            </tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  private spaceTitle({ space, pid }: MemoryView["spaces"][number]): TemplateResult {
    const { words, trace } = this.store;
    if (space < 0) return html`${words.sharedSegment}`;
    const first = [...trace.tasks.values()].find((task) => task.meta.space === space);
    return html`<span class="with-badge">${first ? taskBadge(first.meta.id) : nothing} ${first?.name ?? ""}</span> <span class="muted">${words.process(pid ?? first?.pid ?? 0)}</span>`;
  }

  private name(row: MemoryRow): TemplateResult {
    const { words } = this.store;
    const label = row.expanded ? words.collapse(row.key) : words.expand(row.key);
    return html`<span class="tree" .style=${`padding-left:${row.depth * 14}px`}>
      ${row.expandable ? html`<button class="tl-twisty" aria-expanded=${row.expanded ? "true" : "false"} aria-label=${label} @click=${() => this.toggle(row.path)}>${icon(row.expanded ? "chevron-down" : "chevron-right")}</button>` : html`<span class="tl-twisty"></span>`}
      <code>${row.key}</code>${row.more > 0 ? html` <span class="muted">${words.moreEntries(row.more)}</span>` : nothing}
    </span>`;
  }

  private toggle(path: string): void {
    if (!this.expanded.delete(path)) this.expanded.add(path);
    this.requestUpdate();
  }

  private value(row: MemoryRow, space: number, cell: MemoryCell): TemplateResult {
    const text = valueText(cell.node);
    const key = `${space}:${row.path}`;
    this.shown.set(key, text);
    const old = this.previous.get(key);
    const changed = old !== undefined && old !== text;
    return html`<code class="value ${changed ? "changed" : ""}" title=${changed ? `${old} → ${text}` : text}>${text}</code>`;
  }

  private full(row: MemoryRow, space: number): TemplateResult {
    const cell = row.cells.get(space);
    if (!cell) return html`<td colspan="5"></td>`;
    const { reads, writes, lastWrite } = counts(cell, this.store.words);
    return html`<td><span class="value-line">${this.value(row, space, cell)}${this.steps(row, space, cell)}</span></td>
      <td class="number">${reads}</td>
      <td class="number">${writes}</td>
      <td>${this.writer(lastWrite)}</td>
      <td>${cell.variable ? this.guard(cell.variable) : nothing}</td>`;
  }

  /** The lock that guards it everywhere; else the one that most places hold, and where it is missing. */
  private guard({ space, address, guardedBy }: VariableView): TemplateResult {
    const { words, views } = this.store;
    if (guardedBy !== null) return html`${guardedBy}`;
    const broken = views.discipline(space, address);
    return broken ? html`<span class="bad" title=${words.brokenDisciplineTitle}>${words.brokenDiscipline(broken)}</span>` : html`<span class="muted">${words.none}</span>`;
  }

  private compact(row: MemoryRow, space: number): TemplateResult | typeof nothing {
    const { words } = this.store;
    const cell = row.cells.get(space);
    if (!cell) return nothing;
    const { reads, writes, lastWrite } = counts(cell, words);
    return html`<div class="compact"><span class="value-line">${this.value(row, space, cell)}${this.steps(row, space, cell)}</span><span class="muted small">${words.reads} ${reads} · ${words.writes} ${writes}${lastWrite ? html` · ${taskName(this.store.trace, lastWrite.task)}` : nothing}</span></div>`;
  }

  /** To the access of a variable, or of one slot in it, before and after the playhead. */
  private steps(row: MemoryRow, space: number, { node, variable }: MemoryCell): TemplateResult | typeof nothing {
    const { store } = this;
    if (!variable && (node.type !== "value" || Number.isNaN(node.address))) return nothing;
    const go = (direction: 1 | -1): void => {
      const { trace, views, playhead, at } = store;
      const track = variable && views.variables.find((one) => one.space === space && one.name === rootName(variable.name));
      store.goTo(track ? neighbourOf(trace, track, playhead, at, direction) : neighbourOfSlot(trace, space, node.address, playhead, at, direction));
    };
    const button = (name: string, title: string, direction: 1 | -1): TemplateResult => html`<button class="icon-button" title=${title} aria-label=${title} @click=${() => go(direction)}>${icon(name)}</button>`;
    return html`<span class="row-steps">${button("arrow-left", store.words.previousAccess(row.key), -1)}${button("arrow-right", store.words.nextAccess(row.key), 1)}</span>`;
  }

  private writer(write: LastWrite | null): TemplateResult {
    const { store } = this;
    if (!write) return html`<span class="muted">–</span>`;
    const site = store.trace.site(write.site);
    return html`<button class="link with-badge" @click=${() => store.seek(write.time)}>${taskBadge(write.task)} ${taskName(store.trace, write.task)}${site ? html` <span class="muted">${store.words.line(site.line)}</span>` : nothing}</button>`;
  }
}

function counts({ node, variable }: MemoryCell, { costsTable }: Words): { reads: string; writes: string; lastWrite: LastWrite | null } {
  const counted = variable ?? (node.type === "value" || node.type === "container" ? node : undefined);
  if (!counted) return { reads: "", writes: "", lastWrite: null };
  return { reads: costsTable.count(counted.reads), writes: costsTable.count(counted.writes), lastWrite: counted.lastWrite };
}
