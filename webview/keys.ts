import type { Panel } from "./panel";

/** Elements that have a use of their own for letters and arrows. */
const OWN_KEYS = "input, textarea, select, [contenteditable], .monaco-editor, vscode-single-select";
const OWN_ARROWS = "[role=tab], [role=separator], [role=radio], [role=grid], [role=treegrid], [role=log], .output-lines, vscode-tabs";

/** Elements that Space presses. */
const OWN_SPACE = "button, a, summary, [role=tab], [role=option], [role=radio]";

/** The panel's keys; docs and the help overlay list them. */
export function handleKey(event: KeyboardEvent, panel: Panel): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest(OWN_KEYS)) return;
  const isArrow = event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End";
  if (isArrow && target.closest(OWN_ARROWS)) return;
  if (event.key === " " && target.closest(OWN_SPACE)) return;
  const action = actionFor(event, panel);
  if (!action) return;
  event.preventDefault();
  action();
}

function actionFor(event: KeyboardEvent, panel: Panel): (() => void) | undefined {
  const { store } = panel;
  switch (keyOf(event)) {
    case "?":
      return () => panel.command("help");
    case "Escape":
      return () => panel.showHelp(false);
  }
  // The other keys are the timeline's.
  return store.page === "run" ? timelineAction(event, panel) : undefined;
}

function timelineAction(event: KeyboardEvent, panel: Panel): (() => void) | undefined {
  const { store } = panel;
  // Stepping within one task follows the task of the current event.
  const only = event.shiftKey ? store.at?.task : undefined;
  switch (keyOf(event)) {
    case "w":
      return () => panel.command("zoomIn");
    case "s":
      return () => panel.command("zoomOut");
    case "a":
      return () => panel.pan(-0.2);
    case "d":
      return () => panel.pan(0.2);
    case "f":
      return () => panel.command("fit");
    case "0":
      return () => store.show(null);
    case " ":
      return () => panel.command("play");
    case "n":
      return () => panel.command("nextFinding");
    case "p":
      return () => panel.command("previousFinding");
    case "ArrowRight":
      return () => store.step(1, only);
    case "ArrowLeft":
      return () => store.step(-1, only);
    case "Home":
      return () => store.seek(0);
    case "End":
      return () => store.seek(null);
    default:
      return undefined;
  }
}

function keyOf({ key }: KeyboardEvent): string {
  return key.length === 1 ? key.toLowerCase() : key;
}
