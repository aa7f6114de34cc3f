import { parseColour } from "../timeline/colour";
import { lineLabels, placeBadges, type Badge, type TaskLine } from "./task-lines";
import { editor, type IDisposable } from "./monaco";
import { TASK_COLOURS } from "../common/task-badge";

export interface SourceEditorOptions {
  readonly label: string;
  taskName(task: number): string;
  markerLabel(tasks: readonly number[], line: number): string;
  /** The student typed. */
  edited(text: string): void;
  /** A marker was dragged onto another line. */
  dragged(task: number, line: number, direction: 1 | -1): void;
}

/** Monaco with a marker per task. */
export class SourceEditor {
  private readonly view: editor.IStandaloneCodeEditor;
  private readonly decorations: editor.IEditorDecorationsCollection;
  private readonly markers = new Map<string, TaskMarker>();
  /** A model per file, so that each keeps its undo and its scroll position. */
  private readonly models = new Map<string, { readonly model: editor.ITextModel; scroll: editor.ICodeEditorViewState | null }>();
  private file = "";
  private readonly disposables: IDisposable[] = [];
  private applying = false;

  constructor(
    parent: HTMLElement,
    private readonly options: SourceEditorOptions,
  ) {
    applyTheme();
    this.view = editor.create(parent, {
      model: null,
      theme: THEME,
      ariaLabel: options.label,
      automaticLayout: true,
      glyphMargin: true,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      // The panel is narrow: hints in comments, and the values beside a line, would end outside it.
      wordWrap: "on",
      wrappingIndent: "indent",
      lineNumbersMinChars: 3,
      folding: false,
      renderLineHighlight: "none",
      overviewRulerLanes: 0,
      fontFamily: cssVariable("--vscode-editor-font-family") || "monospace",
      fontSize: parseFloat(cssVariable("--vscode-editor-font-size")) || 13,
      padding: { top: 4, bottom: 4 },
      contextmenu: false,
      // What follows would ask for a worker; nothing of it is missed in a small snippet.
      links: false,
      wordBasedSuggestions: "off",
      occurrencesHighlight: "off",
      quickSuggestions: false,
      unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
      colorDecorators: false,
    });
    this.decorations = this.view.createDecorationsCollection();
    this.disposables.push(
      this.view.onDidChangeModelContent(() => {
        if (!this.applying) options.edited(this.text);
      }),
    );
  }

  get text(): string {
    return this.view.getValue();
  }

  /** Shows a file. Its text replaces what is shown of it, keeping cursor and undo, unless its typing is on its way. */
  open(file: string, text: string, mode: "editable" | "typing" | "read-only"): void {
    let known = this.models.get(file);
    if (!known) this.models.set(file, (known = { model: editor.createModel(text, /\.[cm]?jsx?$/.test(file) ? "javascript" : "typescript"), scroll: null }));
    if (file !== this.file) {
      const before = this.models.get(this.file);
      if (before) before.scroll = this.view.saveViewState();
      this.clearMarkers();
      this.file = file;
      this.view.setModel(known.model);
      this.view.updateOptions({ readOnly: mode === "read-only" });
      if (known.scroll) this.view.restoreViewState(known.scroll);
    }
    if (mode !== "typing") this.setText(text);
  }

  private setText(text: string): void {
    const model = this.view.getModel();
    if (!model || model.getValue() === text) return;
    this.applying = true;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    this.applying = false;
  }

  /** Shows each task at its line with what it read and wrote; `stale` when the text is no longer what ran. */
  showTasks(lines: readonly TaskLine[], first: number | undefined, stale: boolean): void {
    const model = this.view.getModel();
    const last = model?.getLineCount() ?? 0;
    const shown = lines.filter(({ line }) => line <= last);
    const endOf = (line: number): number => model?.getLineMaxColumn(line) ?? 1;
    const bands = [...new Map(shown.map((one) => [one.line, one])).values()];
    this.decorations.set([
      ...bands.map(({ task, line }) => ({
        range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: endOf(line) },
        options: { isWholeLine: true, showIfCollapsed: true, className: `task-line task-${task % TASK_COLOURS} ${stale ? "stale" : ""}` },
      })),
      ...lineLabels(shown, (task) => this.options.taskName(task)).map(({ line, tasks, text }) => ({
        range: { startLineNumber: line, startColumn: endOf(line), endLineNumber: line, endColumn: endOf(line) },
        options: {
          showIfCollapsed: true,
          after: { content: `  ${text}`, inlineClassName: `task-line-label ${tasks.length === 1 ? `task-${tasks[0]! % TASK_COLOURS}` : ""} ${stale ? "stale" : ""}` },
        },
      })),
    ]);
    this.showBadges(placeBadges(shown, first));
  }

  private showBadges(badges: readonly Badge[]): void {
    const kept = new Set(badges.map(idOf));
    for (const [id, marker] of this.markers) {
      if (kept.has(id)) continue;
      this.view.removeGlyphMarginWidget(marker);
      this.markers.delete(id);
    }
    for (const badge of badges) {
      const label = this.options.markerLabel(badge.tasks, badge.line);
      const known = this.markers.get(idOf(badge));
      if (known) {
        known.place(badge, label);
        this.view.layoutGlyphMarginWidget(known);
      } else {
        const made = new TaskMarker(badge, label, (marker, event) => this.drag(marker, event));
        this.markers.set(idOf(badge), made);
        this.view.addGlyphMarginWidget(made);
      }
    }
  }

  private clearMarkers(): void {
    this.showBadges([]);
    this.decorations.clear();
  }

  /** Scrolls a line into view if it is not. */
  revealLine(line: number): void {
    this.view.revealLineInCenterIfOutsideViewport(line);
  }

  /** A badge that stands for several tasks moves the first of them. */
  private drag(marker: TaskMarker, down: PointerEvent): void {
    down.preventDefault();
    const [task] = marker.badge.tasks;
    if (task === undefined) return;
    const controller = new AbortController();
    const { signal } = controller;
    let at = marker.badge.line;
    document.addEventListener(
      "pointermove",
      (event) => {
        const line = this.view.getTargetAtClientPoint(event.clientX, event.clientY)?.position?.lineNumber;
        if (line === undefined || line === at) return;
        this.options.dragged(task, line, line > at ? 1 : -1);
        at = line;
      },
      { signal },
    );
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => controller.abort(), { signal });
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
    this.view.dispose();
    for (const { model } of this.models.values()) model.dispose();
  }
}

/** A task keeps its badge from line to line; a badge of several belongs to its line. */
function idOf({ tasks, line }: Badge): string {
  return tasks.length === 1 ? `${tasks[0]!}` : `line-${line}`;
}

/** A badge in the margin; it can be dragged along the lines. */
class TaskMarker implements editor.IGlyphMarginWidget {
  private readonly node: HTMLElement;

  constructor(
    public badge: Badge,
    label: string,
    press: (marker: TaskMarker, event: PointerEvent) => void,
  ) {
    this.node = document.createElement("div");
    this.node.addEventListener("pointerdown", (event) => press(this, event));
    this.place(badge, label);
  }

  place(badge: Badge, label: string): void {
    this.badge = badge;
    const { tasks } = badge;
    const single = tasks.length === 1;
    this.node.className = `task-marker task-badge ${single ? `task-${tasks[0]! % TASK_COLOURS}` : "several"}`;
    this.node.textContent = single ? `${tasks[0]!}` : `+${tasks.length}`;
    this.node.title = label;
  }

  getId(): string {
    return `task-marker-${idOf(this.badge)}`;
  }

  getDomNode(): HTMLElement {
    return this.node;
  }

  getPosition(): editor.IGlyphMarginWidgetPosition {
    const { line } = this.badge;
    const lane = [editor.GlyphMarginLane.Left, editor.GlyphMarginLane.Center, editor.GlyphMarginLane.Right][this.badge.lane] ?? editor.GlyphMarginLane.Right;
    return { lane, zIndex: 10 + this.badge.lane, range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 } };
  }
}

const THEME = "cp-theme";

function cssVariable(name: string): string {
  return getComputedStyle(document.body).getPropertyValue(name).trim();
}

/** Gives Monaco the colours of the editor's theme; call again when it changes. */
export function applyTheme(): void {
  const { classList } = document.body;
  const base = classList.contains("vscode-high-contrast-light") ? "hc-light" : classList.contains("vscode-high-contrast") ? "hc-black" : classList.contains("vscode-light") ? "vs" : "vs-dark";
  const background = parseColour(cssVariable("--vscode-editor-background"));
  const colours: Record<string, string> = {};
  for (const name of ["editor-background", "editor-foreground", "editorLineNumber-foreground", "editorLineNumber-activeForeground", "editor-selectionBackground", "editorCursor-foreground", "focusBorder"]) {
    const colour = parseColour(cssVariable(`--vscode-${name}`), background);
    if (colour) colours[name.replace("-", ".")] = `#${[colour.r, colour.g, colour.b].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  }
  editor.defineTheme(THEME, { base, inherit: true, rules: [], colors: colours });
  editor.setTheme(THEME);
}
