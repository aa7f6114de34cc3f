import { html, nothing, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";
import { icon } from "../common/icon";
import { PanelPart } from "../common/part";
import { taskSelect } from "../common/task-select";
import { afterFrame, busy } from "../state/idle";
import type { Topic } from "../state/store";
import { taskName } from "../timeline/describe";
import { onThemeChange } from "../timeline/theme";
import type { SourceEditor } from "./editor";
import { eventAtLine, fileAt, taskLines } from "./task-lines";
import { fileSelect } from "./file-select";

/** Typing is sent to the document after this pause, in milliseconds. */
const EDIT_PAUSE = 250;

/** The snippet, with a marker per task at its line; edits change the document itself. */
@customElement("cp-source")
export class Source extends PanelPart {
  protected readonly topics: readonly Topic[] = ["playhead", "trace", "run", "document"];
  @query(".source-editor") private parent!: HTMLElement;
  private editor: SourceEditor | undefined;
  private loading = false;
  private failed: string | undefined;
  private only: number | undefined;
  /** A file of the run that is shown instead of the snippet. */
  private otherFile: string | undefined;
  private pause: ReturnType<typeof setTimeout> | undefined;
  /** Edits on their way: the editor tells each back as a change of the document, and typing may have gone on meanwhile. */
  private readonly sent: string[] = [];
  private stopTheme: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.begin();
  }

  override firstUpdated(): void {
    this.begin();
  }

  /** Monaco is megabytes of script: it comes after the run's first lanes, not in their way. */
  private begin(): void {
    const { state, trace } = this.store;
    if (this.loading || this.editor || (state.phase === "running" && trace.tasks.size === 0)) return;
    this.loading = true;
    void this.load().finally(() => (this.loading = false));
  }

  private async load(): Promise<void> {
    const done = busy();
    try {
      await afterFrame();
      const { SourceEditor, applyTheme } = await import("./editor");
      if (!this.isConnected || this.editor) return;
      const { words } = this.store;
      this.editor = new SourceEditor(this.parent, {
        label: words.source,
        taskName: (task) => taskName(this.store.trace, task),
        markerLabel: (tasks, line) => `${words.taskAtLine(tasks.map((task) => taskName(this.store.trace, task)).join(", "), line)}. ${words.dragMarker}`,
        edited: () => this.editSoon(),
        dragged: (task, line, direction) => {
          const { trace, playhead, at } = this.store;
          this.store.goTo(eventAtLine(trace, task, this.file, line, playhead, at, direction));
        },
      });
      this.stopTheme = onThemeChange(applyTheme);
      this.show(true);
      this.requestUpdate();
    } catch (error) {
      this.failed = error instanceof Error ? error.message : String(error);
      this.requestUpdate();
      throw error;
    } finally {
      done();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sendEdit();
    this.stopTheme?.();
    this.editor?.dispose();
    this.editor = undefined;
  }

  protected override storeChanged(topics: ReadonlySet<Topic>): void {
    if (topics.has("run") && this.otherFile !== undefined && !this.files.includes(this.otherFile)) this.otherFile = undefined;
    if (topics.has("document")) this.takeDocument();
    if (!this.editor && this.hasUpdated && this.failed === undefined) this.begin();
    if (topics.has("playhead")) this.followFile();
    this.show(topics.has("playhead"));
  }

  /** The snippet first, then what it imports. */
  private get files(): string[] {
    const { file, trace } = this.store;
    return [file, ...trace.files.map(({ path }) => path).filter((path) => path !== file)];
  }

  private get file(): string {
    return this.otherFile ?? this.store.file;
  }

  /** Stepping into another file shows that file. */
  private followFile(): void {
    const { trace, playhead, at } = this.store;
    const file = at && fileAt(trace, at.task, playhead, at);
    if (file !== undefined && file !== this.file && this.files.includes(file)) this.openFile(file);
  }

  private openFile(file: string): void {
    if (file === this.file) return;
    this.sendEdit();
    this.otherFile = file === this.store.file ? undefined : file;
    this.show(false);
    this.requestUpdate();
  }

  private takeDocument(): void {
    const { text } = this.store;
    const echo = this.sent.indexOf(text);
    if (echo >= 0) {
      this.sent.splice(0, echo + 1);
      return;
    }
    // Changed from elsewhere: what the document says now counts.
    this.sent.length = 0;
  }

  private get stale(): boolean {
    const { trace, file, text } = this.store;
    const ran = trace.files.find(({ path }) => path === file);
    return this.otherFile === undefined && ran !== undefined && ran.text !== text;
  }

  private show(reveal: boolean): void {
    const { editor, file } = this;
    if (!editor) return;
    const { trace, text, playhead, at } = this.store;
    // Typing that has not been sent yet is not overwritten. Only the snippet's own document can be edited from here.
    if (this.otherFile !== undefined) editor.open(file, trace.files.find(({ path }) => path === file)?.text ?? "", "read-only");
    else editor.open(file, text, this.pause !== undefined || this.sent.length > 0 ? "typing" : "editable");
    const lines = taskLines(trace, file, playhead, at);
    editor.showTasks(lines, at?.task ?? this.only, this.stale);
    const stepped = at && lines.find(({ task }) => task === at.task);
    if (reveal && stepped) editor.revealLine(stepped.line);
  }

  private editSoon(): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.sendEdit(), EDIT_PAUSE);
  }

  private sendEdit(): void {
    if (this.pause === undefined || !this.editor) return;
    clearTimeout(this.pause);
    this.pause = undefined;
    const { text } = this.editor;
    this.sent.push(text);
    this.store.text = text;
    this.store.post({ type: "edit", file: this.store.file, text });
    this.show(false);
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { store } = this;
    const { words } = store;
    const step = (name: string, title: string, by: 1 | -1): TemplateResult => html`<button class="icon-button" title=${title} aria-label=${title} @click=${() => store.step(by, this.only)}>${icon(name)}</button>`;
    return html`<div class="part-bar">
        ${taskSelect(store, words.stepOf, this.only, (task) => this.choose(task))}${step("debug-step-back", words.stepBack, -1)}${step("debug-step-over", words.stepForward, 1)}
        <span class="spacer"></span>${this.files.length > 1 ? fileSelect(words.shownFile, this.files, this.file, (file) => this.openFile(file)) : nothing}${this.stale ? html`<span class="muted stale-note">${words.editedSinceRun}</span>` : nothing}
      </div>
      ${this.failed ? html`<div class="part-empty"><p>${words.sourceFailed} ${this.failed}</p></div>` : this.editor ? nothing : html`<div class="source-loading muted">${words.sourceLoading}</div>`}
      <div class="source-editor"></div>`;
  }

  private choose(task: number | undefined): void {
    this.only = task;
    this.requestUpdate();
  }
}
