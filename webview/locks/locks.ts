import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import type { ObjectState } from "../../src/analysis/views";
import type { ObjectType } from "../../src/trace";
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
    if (objects.length === 0 && waits.length === 0) return html`<div class="part-empty"><p>${store.state.phase === "ended" ? words.noLocksUsed : words.noLocksYet}</p></div>`;
    const tracks = new Map(views.locks.map(({ track }) => [track.object, track]));
    const edges = waits.flatMap((wait) =>
      wait.heldBy.map((holder) => ({ from: wait.task, to: holder, label: wait.object === undefined ? waitsFor(words, trace, { ...wait, joined: holder }) : objectName(trace, wait.object) })),
    );
    return html`<div class="scroll">
      <table class="data locks">
        <caption class="sr-only">${words.locks}</caption>
        <thead><tr><th>${words.lock}</th><th>${words.owner}</th><th>${words.waiters}</th><th class="number" title=${words.waitsHint}>${words.waits}</th><th class="number">${words.waited}</th><th class="number">${words.held}</th></tr></thead>
        <tbody>${objects.map((state) => this.object(state, lockFigures(tracks.get(state.object), views.waits.get(state.object), playhead)))}</tbody>
      </table>
      ${edges.length > 0 ? html`<h2>${words.waitGraph}</h2>${waitGraph(words, edges, (task) => taskName(trace, task))}` : nothing}
    </div>`;
  }

  private object(state: ObjectState, figures: LockFigures): TemplateResult {
    const { words, trace, playhead } = this.store;
    const meta = trace.objects.get(state.object);
    const type = meta?.objectType ?? "Mutex";
    const lock = isLock(type);
    const who = (task: number, since: number): TemplateResult => html`<span class="with-badge" title=${words.since(formatDuration(playhead - since))}>${taskBadge(task)} ${taskName(trace, task)}</span>`;
    const { waits, waited, held, taken, longest } = figures;
    const often = lock && taken > 0 ? words.waitsOf(waits, Math.max(taken, waits)) : waits;
    return html`<tr class=${longest ? "with-more" : ""}>
        <td class="name">${icon(lock ? "lock" : type === "Semaphore" ? "key" : type === "MessageQueue" ? "mail" : "symbol-event")} <code>${meta?.name ?? `#${state.object}`}</code> <span class="muted">${type}</span></td>
        <td><span class="tasks">${state.holders.map(({ task, since }) => who(task, since))}${this.count(type, state, meta?.initial)}</span></td>
        <td>${state.waiters.length > 0 ? html`<span class="tasks">${state.waiters.map(({ task, since }) => who(task, since))}</span>` : html`<span class="muted">–</span>`}</td>
        <td class="number">${waits ? often : "–"}</td>
        <td class="number">${waits ? formatDuration(waited) : "–"}</td>
        <td class="number">${held ? formatDuration(held) : "–"}</td>
      </tr>
      ${longest ? this.longest(longest) : nothing}`;
  }

  /** What is there of it, in a word with its unit. */
  private count(type: ObjectType, { count, holders }: ObjectState, initial: number | undefined): TemplateResult | typeof nothing {
    const { words } = this.store;
    if (count === undefined) return isLock(type) && holders.length === 0 ? html`<span class="muted">${words.freeLock}</span>` : nothing;
    const told = ((): string => {
      switch (type) {
        case "Semaphore":
          return words.permitsFree(count);
        case "MessageQueue":
          return words.inQueue(count);
        case "Latch":
          return words.toCountDown(count);
        case "Barrier":
          return words.arrived(count, initial ?? count);
        default:
          return words.hasValue(count);
      }
    })();
    return html`<span class="muted">${told}</span>`;
  }

  /** The wait that took longest; a click goes there. */
  private longest({ task, span, long }: NonNullable<LockFigures["longest"]>): TemplateResult {
    const { store } = this;
    const { words, trace } = store;
    const line = trace.site(span.site)?.line;
    const go = (): void => store.showMoments([span.from, Math.min(span.to, store.duration)], { task, time: span.from, site: span.site });
    return html`<tr class="more">
      <td colspan="6"><span class="with-badge">${words.longestWait} ${taskBadge(task)} <button class="link" title=${words.goToWait} @click=${go}>${words.waitLasted(taskName(trace, task), formatDuration(long))}</button>${line === undefined ? nothing : html` · ${words.line(line)}`}</span></td>
    </tr>`;
  }
}

function isLock(type: ObjectType): boolean {
  return type === "Mutex" || type === "SpinLock" || type === "ReadWriteLock";
}
