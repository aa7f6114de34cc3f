import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import type { ObjectState } from "../../src/analysis/views";
import { icon } from "../common/icon";
import { PanelPart } from "../common/part";
import { taskBadge } from "../common/task-badge";
import type { Topic } from "../state/store";
import { objectName, taskName, waitsFor } from "../timeline/describe";
import { formatDuration } from "../timeline/ticks";
import { lockFigures, type LockFigures } from "./lock-figures";
import { waitGraph } from "./wait-graph";

/** Who has and who wants each lock, semaphore and queue at the playhead. */
@customElement("cp-locks")
export class Locks extends PanelPart {
  protected readonly topics: readonly Topic[] = ["trace", "playhead", "run"];

  protected override render(): TemplateResult {
    const { store } = this;
    const { words, trace, playhead, views } = store;
    const { objects, waits } = views.lockStates(playhead);
    if (objects.length === 0 && waits.length === 0) return html`<div class="part-empty"><p>${words.noLocksYet}</p></div>`;
    const tracks = new Map(views.locks.map(({ track }) => [track.object, track]));
    const edges = waits.flatMap((wait) =>
      wait.heldBy.map((holder) => ({ from: wait.task, to: holder, label: wait.object === undefined ? waitsFor(words, trace, { ...wait, joined: holder }) : objectName(trace, wait.object) })),
    );
    return html`<div class="scroll">
      <table class="data locks">
        <thead><tr><th>${words.lock}</th><th>${words.owner}</th><th>${words.waiters}</th><th class="number">${words.waits}</th><th class="number">${words.waited}</th><th class="number">${words.held}</th></tr></thead>
        <tbody>${objects.map((state) => this.object(state, lockFigures(tracks.get(state.object), playhead)))}</tbody>
      </table>
      ${edges.length > 0 ? html`<h3>${words.waitGraph}</h3>${waitGraph(words, edges, (task) => taskName(trace, task))}` : nothing}
    </div>`;
  }

  private longest({ longest }: LockFigures): TemplateResult | typeof nothing {
    if (!longest) return nothing;
    const { words, trace } = this.store;
    const line = trace.site(longest.site)?.line;
    return html`<div class="muted small">${words.longestWait(formatDuration(longest.waited), taskName(trace, longest.task))}${line === undefined ? nothing : html` · ${words.line(line)}`}</div>`;
  }

  private object(state: ObjectState, figures: LockFigures): TemplateResult {
    const { words, trace, playhead } = this.store;
    const meta = trace.objects.get(state.object);
    const type = meta?.objectType ?? "Mutex";
    const isLock = type === "Mutex" || type === "SpinLock" || type === "ReadWriteLock";
    const who = (task: number, since: number): TemplateResult => html`<span class="with-badge" title=${words.since(formatDuration(playhead - since))}>${taskBadge(task)} ${taskName(trace, task)}</span>`;
    const count = state.count === undefined ? nothing : html`<span class="muted">${type === "Semaphore" ? words.permitsFree(state.count) : type === "MessageQueue" ? words.inQueue(state.count) : state.count}</span>`;
    return html`<tr>
      <td class="name">${icon(isLock ? "lock" : type === "Semaphore" ? "key" : type === "MessageQueue" ? "mail" : "symbol-event")} <code>${meta?.name ?? `#${state.object}`}</code> <span class="muted">${type}</span></td>
      <td>${state.holders.length > 0 ? state.holders.map(({ task, since }) => who(task, since)) : isLock ? html`<span class="muted">${words.freeLock}</span>` : nothing} ${count}</td>
      <td>${state.waiters.length > 0 ? state.waiters.map(({ task, since }) => who(task, since)) : html`<span class="muted">–</span>`}</td>
      <td class="number">${figures.waits === 0 ? "–" : figures.taken > 0 ? html`${figures.waits} <span class="muted">${words.ofTaken(figures.taken)}</span>` : figures.waits}</td>
      <td class="number">${figures.waits ? formatDuration(figures.waited) : "–"}${this.longest(figures)}</td>
      <td class="number">${figures.held ? formatDuration(figures.held) : "–"}</td>
    </tr>`;
  }
}
