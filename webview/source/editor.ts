import { parseColour } from "../timeline/colour";
import type { TaskLine } from "./task-lines";
import { editor, type IDisposable } from "./monaco";
import { TASK_COLOURS } from "../common/task-badge";

export interface SourceEditorOptions {
  readonly text: string;
  readonly javascript: boolean;
  readonly label: string;
  markerLabel(task: number, line: number): string;
  /** The student typed. */
  edited(text: string): void;
  /** A marker was dragged onto another line. */
  dragged(task: number, line: number, direction: 1 | -1): void;
}

/** Monaco with a marker per task. */
export class SourceEditor {
  private readonly view: editor.IStandaloneCodeEditor;
  private readonly decorations: editor.IEditorDecorationsCollection;
  private readonly markers = new Map<number, TaskMarker>();
  private readonly disposables: IDisposable[] = [];
  private applying = false;

  constructor(
    parent: HTMLElement,
    private readonly options: SourceEditorOptions,
  ) {
    applyTheme();
    this.view = editor.create(parent, {
      value: options.text,
      language: options.javascript ? "javascript" : "typescript",
      theme: THEME,
      ariaLabel: options.label,
      automaticLayout: true,
      glyphMargin: true,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
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

  /** Takes over a text from outside, keeping cursor and undo. */
  setText(text: string): void {
    const model = this.view.getModel();
    if (!model || model.getValue() === text) return;
    this.applying = true;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    this.applying = false;
  }

  /** Shows each task at its line; `stale` when the text is no longer what ran. */
  showTasks(lines: readonly TaskLine[], names: ReadonlyMap<number, string>, stale: boolean): void {
    const last = this.view.getModel()?.getLineCount() ?? 0;
    const shown = lines.filter(({ line }) => line <= last);
    this.decorations.set(
      shown.map(({ task, line }) => ({
        range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: this.view.getModel()?.getLineMaxColumn(line) ?? 1 },
        options: {
          isWholeLine: true,
          showIfCollapsed: true,
          className: `task-line task-${task % TASK_COLOURS} ${stale ? "stale" : ""}`,
          after: { content: `  ${task} ${names.get(task) ?? ""}`, inlineClassName: `task-line-label task-${task % TASK_COLOURS}` },
        },
      })),
    );
    const kept = new Set(shown.map(({ task }) => task));
    for (const [task, marker] of this.markers) {
      if (kept.has(task)) continue;
      this.view.removeGlyphMarginWidget(marker);
      this.markers.delete(task);
    }
    const perLine = new Map<number, number>();
    for (const { task, line } of shown) {
      const lane = perLine.get(line) ?? 0;
      perLine.set(line, lane + 1);
      const label = this.options.markerLabel(task, line);
      const marker = this.markers.get(task);
      if (marker) {
        marker.place(line, lane, label);
        this.view.layoutGlyphMarginWidget(marker);
      } else {
        const made = new TaskMarker(task, line, lane, label, (event) => this.drag(task, event));
        this.markers.set(task, made);
        this.view.addGlyphMarginWidget(made);
      }
    }
  }

  /** Scrolls a line into view if it is not. */
  revealLine(line: number): void {
    this.view.revealLineInCenterIfOutsideViewport(line);
  }

  private drag(task: number, down: PointerEvent): void {
    down.preventDefault();
    const marker = this.markers.get(task);
    const node = marker?.getDomNode();
    if (!marker || !node) return;
    const controller = new AbortController();
    const { signal } = controller;
    let at = marker.line;
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
    this.view.getModel()?.dispose();
    this.view.dispose();
  }
}

/** A task's badge in the margin; it can be dragged along the lines. */
class TaskMarker implements editor.IGlyphMarginWidget {
  private readonly node: HTMLElement;
  private lane: number;

  constructor(
    private readonly task: number,
    public line: number,
    lane: number,
    label: string,
    press: (event: PointerEvent) => void,
  ) {
    this.lane = lane;
    this.node = document.createElement("div");
    this.node.className = `task-marker task-badge task-${task % TASK_COLOURS}`;
    this.node.textContent = String(task);
    this.node.title = label;
    this.node.addEventListener("pointerdown", press);
  }

  place(line: number, lane: number, label: string): void {
    this.line = line;
    this.lane = lane;
    this.node.title = label;
  }

  getId(): string {
    return `task-marker-${this.task}`;
  }

  getDomNode(): HTMLElement {
    return this.node;
  }

  getPosition(): editor.IGlyphMarginWidgetPosition {
    const lanes = [editor.GlyphMarginLane.Left, editor.GlyphMarginLane.Center, editor.GlyphMarginLane.Right];
    const lane = lanes[Math.min(this.lane, 2)]!;
    return { lane, zIndex: 10 + this.lane, range: { startLineNumber: this.line, startColumn: 1, endLineNumber: this.line, endColumn: 1 } };
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
