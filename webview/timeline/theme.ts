import { css, mix, parseColour, readable, solid, type Rgb } from "./colour";
import { STATES, type StateCode } from "./states";

/** What the canvas paints with, read from the editor's theme. */
export interface Theme {
  readonly highContrast: boolean;
  readonly font: string;
  readonly smallFont: string;
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly rowLine: string;
  readonly accent: string;
  readonly error: string;
  readonly warning: string;
  readonly selection: string;
  readonly states: Record<StateCode, StateInk>;
  /** A colour per task, by task number; readable as text and as a line. */
  readonly tasks: readonly string[];
}

export interface StateInk {
  readonly fill: string;
  readonly line: string;
  readonly text: string;
}

/** The variables of VS Code's themes that stand for the states of a task or lock. */
const STATE_COLOURS: Record<StateCode, string> = {
  [STATES.running]: "charts-green",
  [STATES.blocked]: "charts-red",
  [STATES.waiting]: "charts-yellow",
  [STATES.sleeping]: "charts-blue",
  [STATES.free]: "descriptionForeground",
  [STATES.held]: "charts-blue",
  [STATES.contended]: "charts-orange",
  [STATES.wanted]: "charts-red",
};

const TASK_COLOURS = ["charts-blue", "charts-purple", "charts-orange", "charts-green", "charts-red", "charts-yellow"];

/** Reads the theme from the CSS variables that VS Code gives a webview; call again when the theme changes. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const names = document.body.classList;
  const highContrast = names.contains("vscode-high-contrast") || names.contains("vscode-high-contrast-light");
  const light = names.contains("vscode-light") || names.contains("vscode-high-contrast-light");
  const background = parseColour(style.getPropertyValue("--vscode-editor-background")) ?? (light ? WHITE : DARK);
  const read = (name: string, otherwise: Rgb): Rgb => parseColour(style.getPropertyValue(`--vscode-${name}`), background) ?? otherwise;
  // A chart's colour may be translucent (orange is, by default): taken by itself, not laid over the ground.
  const chart = (name: string): Rgb => solid(style.getPropertyValue(`--vscode-${name}`)) ?? (name === "charts-orange" ? ORANGE : text);
  const text = read("editor-foreground", read("foreground", light ? DARK : WHITE));
  const border = parseColour(style.getPropertyValue("--vscode-contrastBorder"), background);
  const accent = read("focusBorder", text);
  const size = parseFloat(style.getPropertyValue("--vscode-font-size")) || 13;
  const family = style.getPropertyValue("--vscode-font-family") || "sans-serif";

  const ink = (code: StateCode): StateInk => {
    const base = chart(STATE_COLOURS[code]);
    const fill = highContrast ? background : mix(background, base, light ? 0.26 : 0.36);
    const line = readable(base, background, highContrast ? 4.5 : 3);
    return { fill: css(fill), line: css(line), text: css(readable(text, fill)) };
  };
  const states = Object.fromEntries(Object.values(STATES).map((code) => [code, ink(code)])) as Record<StateCode, StateInk>;
  return {
    highContrast,
    font: `${size - 2}px ${family}`,
    smallFont: `${size - 3}px ${family}`,
    background: css(background),
    text: css(readable(text, background)),
    muted: css(readable(read("descriptionForeground", text), background)),
    grid: css(border ?? mix(background, text, 0.12)),
    rowLine: css(border ?? mix(background, text, 0.08)),
    accent: css(accent),
    error: css(readable(read("charts-red", read("errorForeground", text)), background)),
    warning: css(readable(chart("charts-orange"), background)),
    selection: css(accent, 0.22),
    states,
    tasks: TASK_COLOURS.map((name) => css(readable(chart(name), background))),
  };
}

const WHITE: Rgb = { r: 255, g: 255, b: 255 };
/** Where a theme has none: high contrast. */
const ORANGE: Rgb = { r: 209, g: 134, b: 22 };
const DARK: Rgb = { r: 30, g: 30, b: 30 };

/** Calls back when the editor's theme changes: VS Code then changes the body's class or the root's variables. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  return () => observer.disconnect();
}
