import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { LocatedFinding, TaskCosts } from "../../src/report/contract";
import { Trace, type Diagnostic, type RunMode, type RunOutcome } from "../../src/trace";
import { goneFindings } from "../../src/report/gone";
import type { ComparisonState, HostToPanel, PanelCommand, PanelToHost, RunBefore } from "../../src/vscode/panel-messages";
import { wordsFor, type Words } from "../l10n";
import { activePart, clampRange, fitRange, type Range } from "../timeline/viewport";
import { activityOf, type Activity } from "./activity";
import { lastEventAt, nextEvent, previousEvent, type EventRef } from "./event-order";
import { busy, inFrame } from "./idle";
import { readState, type DockSide, type Page, type Part, type PersistedState } from "./persisted";
import { Player, type PaceName } from "./player";
import { Views } from "./views";

/** What changed; a part of the panel redraws only for what it shows. */
export type Topic = "run" | "trace" | "playhead" | "view" | "findings" | "layout" | "document" | "hover" | "playback" | "comparison";

export type RunState =
  | { readonly phase: "idle" }
  | { readonly phase: "running"; readonly since: number }
  | {
      readonly phase: "ended";
      readonly outcome: RunOutcome;
      readonly exitCode: number | null;
      readonly duration: number;
      readonly reason?: string;
      readonly diagnostics: readonly Diagnostic[];
    };

export interface PanelHost {
  post(message: PanelToHost): void;
  save(state: PersistedState): void;
  readonly saved: unknown;
}

/** Runs that went as far as the program goes. */
const WHOLE: readonly RunOutcome[] = ["completed", "deadlocked", "crashed"];

type Listener = (topics: ReadonlySet<Topic>) => void;

/** The state of the panel: what the extension told, and where the student looks. */
export class PanelStore {
  words: Words = wordsFor("en");
  locale = "en";
  file = "";
  text = "";
  mode: RunMode = "threads";
  run = 0;
  /** Seed of the shown run's random delays; null: it had none. */
  perturbed: number | null = null;
  /** Seed of the next runs' random delays; null: none. */
  perturb: number | null = null;
  comparison: ComparisonState | undefined;
  private chosenPage: Page;
  /** When the comparison that the page knows was started; 0: none. */
  private knownComparison: number;
  state: RunState = { phase: "idle" };
  trace = new Trace();
  views = new Views(this.trace);
  findings: readonly LocatedFinding[] = [];
  /** What each task used; known at the run's end. */
  costs: readonly TaskCosts[] = [];
  /** What this run's findings can be compared with. */
  private before: RunBefore | undefined;
  selectedFinding: string | undefined;
  /** null: what the tasks do, growing with the run. */
  view: Range | null;
  /** With no `view`: also a long time in which tasks only start. */
  private whole = false;
  /** null: at the end, following it. */
  private playheadTime: number | null;
  /** The event the playhead stands on, where it stands on one. */
  at: EventRef | undefined;
  /** An object or variable that the pointer is on: lit everywhere. */
  hovered: string | undefined;
  readonly parts: Partial<Record<DockSide, Part>>;
  readonly collapsed: Set<string>;
  readonly split: { timeline: number; left: number };
  readonly player = new Player(this, () => this.touch("playback"));
  /** The run that the saved view belongs to. */
  private restored: { file: string; run: number } | undefined;
  private readonly listeners = new Set<Listener>();
  private readonly changed = new Set<Topic>();
  private readonly flush = inFrame(() => this.tell());
  private saving: { timer: ReturnType<typeof setTimeout>; done: () => void } | undefined;

  constructor(private readonly host: PanelHost) {
    const saved = readState(host.saved);
    this.view = saved.view;
    this.playheadTime = saved.playhead;
    this.parts = { ...saved.parts };
    this.collapsed = new Set(saved.collapsed);
    this.split = { ...saved.split };
    this.player.pace = saved.pace;
    this.chosenPage = saved.page;
    this.knownComparison = saved.comparison;
    if (saved.file) this.restored = { file: saved.file, run: saved.run };
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  post(message: PanelToHost): void {
    this.host.post(message);
  }

  // ------------------------------------------------------------ from the extension

  receive(message: HostToPanel): void {
    switch (message.type) {
      case "init":
        this.locale = message.locale;
        this.words = wordsFor(message.locale);
        this.file = message.file;
        this.text = message.text;
        this.mode = message.mode;
        this.perturb = message.perturb;
        document.documentElement.lang = message.locale;
        return this.touch("run", "trace", "playhead", "view", "findings", "layout", "document");
      case "run-started":
        this.before = message.before;
        return this.startRun(message.run, message.file, message.mode, message.perturb);
      case "trace":
        if (message.run !== this.run) return;
        this.grow(new Uint8Array(message.bytes));
        return this.touch("trace", ...(this.playheadTime === null ? (["playhead"] as const) : []));
      case "findings":
        if (message.run !== this.run) return;
        this.findings = message.findings;
        this.showDeadlock();
        return this.touch("findings");
      case "run-ended": {
        if (message.run !== this.run) return;
        const { outcome, exitCode, duration, reason, diagnostics, costs = [] } = message;
        this.trace.close();
        this.views.finish();
        this.costs = costs;
        this.state = { phase: "ended", outcome, exitCode, duration, diagnostics, ...(reason === undefined ? {} : { reason }) };
        this.showDeadlock();
        return this.touch("run", "trace", "playhead");
      }
      case "comparison":
        return this.takeComparison(message);
      case "document":
        if (message.file !== this.file) return;
        this.text = message.text;
        return this.touch("document");
      case "command":
        return this.command(message.command);
    }
  }

  /**
   * A comparison that the page does not know comes to the front. What the page knows may be old: an editor in a browser
   * that is closed can lose what it was told in its last seconds.
   */
  private takeComparison({ state, started, latest }: Extract<HostToPanel, { type: "comparison" }>): void {
    const comesForward = latest && started !== this.knownComparison;
    this.comparison = state;
    this.knownComparison = started;
    if (comesForward) this.chosenPage = "compare";
    this.touch("comparison", ...(comesForward ? (["layout"] as const) : []));
  }

  private grow(piece: Uint8Array): void {
    this.trace.push(piece);
    this.views.grow(piece);
  }

  /** Set by the root element: commands concern several parts. */
  command: (command: PanelCommand) => void = () => undefined;

  private startRun(run: number, file: string, mode: RunMode, perturbed: number | null): void {
    const sameRun = this.restored?.file === file && this.restored.run === run;
    this.restored = undefined;
    this.run = run;
    this.file = file;
    this.mode = mode;
    this.perturbed = perturbed;
    this.trace = new Trace();
    this.views = new Views(this.trace);
    this.views.onRenewable = () => this.touch("trace");
    this.findings = [];
    this.costs = [];
    this.selectedFinding = undefined;
    this.at = undefined;
    this.hovered = undefined;
    this.player.stop();
    this.state = { phase: "running", since: performance.now() };
    if (!sameRun) {
      this.chosenPage = "run";
      // One that was begun after this run comes to the front again, as in a panel that had shown no run before.
      this.knownComparison = 0;
      this.view = null;
      this.whole = false;
      this.playheadTime = null;
    }
    this.touch("run", "trace", "playhead", "view", "findings", "document", "layout");
  }

  /** Findings of the run before that this one has not, known when it has gone to its end. */
  get gone(): { readonly findings: readonly LocatedFinding[]; readonly sameText: boolean } {
    const { before, state } = this;
    if (!before || state.phase !== "ended" || !WHOLE.includes(state.outcome)) return { findings: [], sameText: false };
    return { findings: goneFindings(before.findings, this.findings), sameText: before.sameText };
  }

  /** What lies under the toolbar. */
  get page(): Page {
    return this.comparison ? this.chosenPage : "run";
  }

  /** Shows the comparison, or makes one where there is none. */
  showComparison(): void {
    if (!this.comparison) return this.post({ type: "compare" });
    this.chosenPage = "compare";
    this.touch("layout");
  }

  /** Shows the run in this mode: the one there is, or a new one. */
  showRun(mode: RunMode): void {
    const known = this.run > 0 && this.mode === mode;
    this.chosenPage = "run";
    this.mode = mode;
    this.touch("run", "layout");
    if (!known) this.post({ type: "run", mode });
  }

  /** From the next run on. */
  setPerturb(seed: number | null): void {
    this.perturb = seed;
    this.touch("run");
    this.post({ type: "perturb", seed });
  }

  // ------------------------------------------------------------ where the student looks

  get duration(): number {
    return this.trace.duration;
  }

  /** Where there is something to see, nanoseconds since the run began. */
  get activity(): Activity {
    return activityOf(this.trace);
  }

  get range(): Range {
    if (this.view) return clampRange(this.view, this.duration);
    const { began, opening, end } = this.activity;
    return activePart(this.whole ? began : opening, end);
  }

  get playhead(): number {
    return this.playheadTime === null ? this.activity.end : Math.min(this.playheadTime, this.duration);
  }

  get following(): boolean {
    return this.view === null;
  }

  /** Shows a stretch of time, or (null) everything from the first task's start to the last one's end, and what is still to come. */
  show(range: Range | null): void {
    this.view = range === null ? null : clampRange(range, this.duration);
    this.whole = range === null;
    this.touch("view");
  }

  /** Moves the playhead to a moment, or (null) to the end. */
  seek(time: number | null): void {
    this.at = undefined;
    this.playheadTime = time === null || time >= this.activity.end ? null : Math.max(0, time);
    this.touch("playhead");
  }

  /** Moves the playhead onto an event and brings it into view. */
  goTo(at: EventRef | undefined): void {
    if (!at) return;
    const time = this.trace.task(at.task).events.time[at.index];
    if (time === undefined) return;
    this.at = at;
    this.playheadTime = time;
    const { from, to } = this.range;
    if (time < from || time > to) {
      const span = to - from;
      this.show({ from: time - span / 2, to: time + span / 2 });
    }
    this.touch("playhead");
  }

  /** Turns the page when the playhead has left the visible part. */
  keepInView(): void {
    const { from, to } = this.range;
    if (this.playhead >= from && this.playhead <= to) return;
    this.show({ from: this.playhead - (to - from) * 0.05, to: this.playhead + (to - from) * 0.95 });
  }

  setPace(pace: PaceName): void {
    this.player.pace = pace;
    this.touch("playback");
  }

  step(direction: 1 | -1, only?: number): void {
    const find = direction === 1 ? nextEvent : previousEvent;
    this.goTo(find(this.trace, this.playhead, this.at, only));
  }

  /** The event of a task that the playhead is on or just after; undefined before its first. */
  current(task: number): EventRef | undefined {
    const source = this.trace.tasks.get(task);
    if (!source) return undefined;
    const index = lastEventAt(source, this.playhead, this.at);
    return index < 0 ? undefined : { task, index };
  }

  /** Shows a moment of a finding with the others of the same finding around it. */
  showMoments(times: readonly number[], at: { readonly task: number; readonly time: number; readonly site: number }): void {
    const from = Math.min(at.time, ...times);
    const to = Math.max(at.time, ...times);
    const { from: left, to: right } = this.range;
    const tooSmall = to > from && to - from < (right - left) * 0.05;
    if (from < left || to > right || tooSmall) this.show(fitRange(from, to, this.duration));
    const exact = this.eventNear(at.task, at.time, at.site);
    if (exact) this.goTo(exact);
    else this.seek(at.time);
  }

  /**
   * At the very end of a deadlocked run its tasks have been killed and all locks are free. What there is to see is the
   * moment before: who holds what, and who waits for whom.
   */
  private showDeadlock(): void {
    if (this.state.phase !== "ended" || this.state.outcome !== "deadlocked" || this.playheadTime !== null) return;
    const events = this.findings.find(({ kind }) => kind === "deadlock")?.events ?? [];
    const [last] = [...events].sort((a, b) => b.time - a.time);
    if (!last) return;
    this.goTo(this.eventNear(last.task, last.time, last.site));
  }

  /** The event of a task at a site whose time is nearest. */
  private eventNear(task: number, time: number, site: number): EventRef | undefined {
    const events = this.trace.tasks.get(task)?.events;
    if (!events) return undefined;
    const around = lastEventAt(this.trace.task(task), time);
    for (let distance = 0; distance < 64; distance++) {
      for (const index of [around - distance, around + distance]) {
        if (index >= 0 && index < events.length && events.site[index] === site) return { task, index };
      }
    }
    return around >= 0 ? { task, index: around } : undefined;
  }

  hover(id: string | undefined): void {
    if (this.hovered === id) return;
    this.hovered = id;
    this.touch("hover");
  }

  open(part: Part): void {
    this.parts.all = part;
    this.parts[part === "findings" || part === "memory" || part === "locks" || part === "costs" ? "left" : "right"] = part;
    this.touch("layout");
  }

  selectFinding(id: string | undefined): void {
    this.selectedFinding = id;
    this.touch("findings");
  }

  toggle(id: string): void {
    if (!this.collapsed.delete(id)) this.collapsed.add(id);
    this.touch("layout");
  }

  resize(split: Partial<PanelStore["split"]>): void {
    Object.assign(this.split, split);
    this.touch("layout");
  }

  // ------------------------------------------------------------ telling and keeping

  touch(...topics: Topic[]): void {
    for (const topic of topics) this.changed.add(topic);
    this.flush();
    if (topics.some((topic) => topic === "view" || topic === "playhead" || topic === "layout" || topic === "playback")) this.saveSoon();
  }

  private tell(): void {
    const topics = new Set(this.changed);
    this.changed.clear();
    for (const listener of this.listeners) listener(topics);
  }

  /** Scrubbing changes the state at every frame; the host keeps it a moment later. */
  private saveSoon(): void {
    if (this.saving) clearTimeout(this.saving.timer);
    const done = this.saving?.done ?? busy();
    const timer = setTimeout(() => {
      this.saving = undefined;
      this.save();
      done();
    }, 200);
    this.saving = { timer, done };
  }

  save(): void {
    // Before the run of a restored view has been told again, saving would forget that view.
    const { file, run } = this.restored ?? this;
    this.host.save({
      version: 1,
      file,
      run,
      view: this.view,
      playhead: this.playheadTime,
      parts: this.parts,
      collapsed: [...this.collapsed],
      split: this.split,
      pace: this.player.pace,
      page: this.chosenPage,
      comparison: this.knownComparison,
    });
  }
}

/** Redraws a Lit element when one of `topics` changes. */
export class StoreController implements ReactiveController {
  private stop: (() => void) | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly store: PanelStore,
    private readonly topics: readonly Topic[],
    private readonly onChange?: (topics: ReadonlySet<Topic>) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.stop = this.store.subscribe((topics) => {
      if (!this.topics.some((topic) => topics.has(topic))) return;
      const done = busy();
      this.onChange?.(topics);
      this.host.requestUpdate();
      void this.host.updateComplete.finally(done);
    });
  }

  hostDisconnected(): void {
    this.stop?.();
    this.stop = undefined;
  }
}
