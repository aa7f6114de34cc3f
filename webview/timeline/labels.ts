import { html, nothing, type TemplateResult } from "lit";
import { EndReason, type TaskTrace } from "../../src/trace";
import { icon } from "../common/icon";
import { taskBadge } from "../common/task-badge";
import type { PanelStore } from "../state/store";
import { unstartedText } from "./describe";
import type { Row } from "./rows";

/** The label at the left of a row. */
export function rowLabel(store: PanelStore, row: Row): TemplateResult {
  const { words } = store;
  const place = `top:${row.top}px;height:${row.height}px`;
  switch (row.type) {
    case "process": {
      const name = row.pid > 0 ? words.process(row.pid) : words.processUnknown;
      return html`<div class="tl-label tl-group" role="listitem" .style=${place}>${twisty(store, row.id, name, row.collapsed)}<span class="tl-name" title=${name}>${name}</span><span class="tl-count">${words.nTasks(row.tasks)}</span></div>`;
    }
    case "task": {
      const { task, alone } = row;
      const kind = task.meta.kind === "thread" ? words.thread : alone && task.pid > 0 ? words.processOf(task.pid) : words.processKind;
      const state = taskState(store, task);
      return html`<div class="tl-label tl-task ${alone ? "tl-alone" : ""}" role="listitem" .style=${place} title=${[task.name, kind, state.long ?? state.text].filter(Boolean).join(" · ")}>
        ${taskBadge(task.meta.id)}<span class="tl-two"><span class="tl-name">${task.name}</span><span class="tl-sub">${kind}${state.text ? html` · <span class=${task.endReason === EndReason.Crashed ? "bad" : ""}>${state.text}</span>` : nothing}</span></span>
      </div>`;
    }
    case "section": {
      const name = row.id === "locks" ? words.locks : words.variables;
      return html`<div class="tl-label tl-group" role="listitem" .style=${place}>${twisty(store, row.id, name, row.collapsed)}<span class="tl-name">${name}</span><span class="tl-count">${row.count}</span></div>`;
    }
    case "lock": {
      const meta = store.trace.objects.get(row.lock.track.object);
      const name = meta?.name ?? `#${row.lock.track.object}`;
      return html`<div class="tl-label tl-track" role="listitem" .style=${place} title="${meta?.objectType ?? ""} ${name}">${icon(meta?.objectType === "Semaphore" ? "key" : "lock")}<span class="tl-name">${name}</span></div>`;
    }
    case "variable": {
      const { track } = row;
      const many = store.trace.memory.spaceIds().filter((space) => space >= 0).length > 1;
      // Of copies in several processes each is told by the first task of its own.
      const first = many && track.space >= 0 ? [...store.trace.tasks.values()].find((task) => task.meta.space === track.space) : undefined;
      const where = first && words.process(first.pid);
      return html`<div class="tl-label tl-track" role="listitem" .style=${place} title=${[track.name, first?.name, where].filter(Boolean).join(" · ")}>
        ${icon("symbol-variable")}<span class="tl-name">${track.name}</span>${first ? html`${taskBadge(first.meta.id)}<span class="sr-only">${where}</span>` : nothing}
      </div>`;
    }
  }
}

/** How a task ended, or that it has not begun; `long` where there is more to say than fits. */
function taskState({ words, views }: PanelStore, { endReason, meta }: TaskTrace): { readonly text: string; readonly long?: string } {
  switch (endReason) {
    case EndReason.Crashed:
      return { text: words.crashed };
    case EndReason.Killed:
      return { text: words.killed };
    case EndReason.Finished:
      return { text: words.finished };
    default: {
      const unstarted = views.unstarted.get(meta.id);
      if (!unstarted) return { text: "" };
      const long = unstartedText(words, unstarted, views.finished);
      return { text: unstarted.until === null && !views.finished ? long : words.notStarted, long };
    }
  }
}

function twisty(store: PanelStore, id: string, name: string, collapsed: boolean): TemplateResult {
  const label = collapsed ? store.words.expand(name) : store.words.collapse(name);
  return html`<button class="tl-twisty" aria-expanded=${collapsed ? "false" : "true"} aria-label=${label} @click=${() => store.toggle(id)}>${icon(collapsed ? "chevron-right" : "chevron-down")}</button>`;
}
