import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import type { Spread } from "../../src/report/contract";
import type { RunMode } from "../../src/trace";
import type { Words } from "../l10n";
import type { Axis } from "./axis";
import { MODES, type Figure } from "./figures";

const MIDDLE = 12;
/** Runs of equal figures stand above and below each other. */
const OFFSETS = [0, -4, 4, -2, 2] as const;

/**
 * A table of figures: under each one's name a row per mode with all its runs as points, their range as a line and the
 * median as a bar; the same in numbers beside it.
 */
export function chartTable(words: Words, caption: string, figures: readonly Figure[], axisOf: (figure: Figure) => Axis | undefined): TemplateResult {
  const own = words.compare;
  return html`<table class="chart">
    <caption class="sr-only">${caption}</caption>
    <thead><tr><th scope="col">${own.mode}</th><th scope="col" class="plot-head">${own.eachRun}</th><th scope="col" class="number">${own.median}</th><th scope="col" class="number">${own.range}</th></tr></thead>
    ${figures.map((figure) => {
      const axis = axisOf(figure);
      return html`<tbody>
        <tr class="figure"><th colspan="4" scope="rowgroup"><span class="figure-title">${figure.title}</span> <span class="muted small figure-hint">${figure.hint}</span></th></tr>
        ${MODES.map((mode) => row(words, figure, mode, axis))}
        ${axis ? html`<tr class="axis" aria-hidden="true"><td></td><td class="plot">${axisSvg(axis, figure)}</td><td colspan="2"></td></tr>` : nothing}
      </tbody>`;
    })}
  </table>`;
}

function row(words: Words, figure: Figure, mode: RunMode, axis: Axis | undefined): TemplateResult {
  const spread = figure.values[mode];
  const name = html`<th scope="row" class="mode-name mode-${mode}">${modeKey(mode)}<span>${words[mode]}</span></th>`;
  if (!spread || !axis) return html`<tr>${name}<td colspan="3" class="muted">${figure.none}</td></tr>`;
  const all = spread.samples.map((value) => figure.format(value)).join(", ");
  return html`<tr class="mode-${mode}">
    ${name}
    <td class="plot" title=${`${words.compare.eachRun}: ${all}`}>${plot(axis, spread, mode)}<span class="sr-only">${all}</span></td>
    <td class="number">${figure.format(spread.median)}</td>
    <td class="number muted">${formatRange(figure, spread)}</td>
  </tr>`;
}

/** "140 – 189 ms": the unit once, where both have the same. */
function formatRange(figure: Figure, { least, most }: Spread): string {
  const [low, high] = [figure.format(least), figure.format(most)];
  const unit = / [^ ]+$/.exec(high)?.[0];
  return `${unit && low.endsWith(unit) ? low.slice(0, -unit.length) : low} – ${high}`;
}

/** The sign of a mode: its colour and its shape. */
export function modeKey(mode: RunMode): TemplateResult {
  return html`<svg class="mode-key mode-${mode}" width="11" height="11" aria-hidden="true"><svg x="50%" y="50%" overflow="visible">${point(mode, 0)}</svg></svg>`;
}

function plot(axis: Axis, { samples, least, most, median }: Spread, mode: RunMode): TemplateResult {
  return html`<svg class="points" width="100%" height=${2 * MIDDLE} aria-hidden="true">
    ${grid(axis, 2 * MIDDLE)}
    <line class="range" x1="${axis.at(least)}%" x2="${axis.at(most)}%" y1=${MIDDLE} y2=${MIDDLE}></line>
    ${samples.map((value, n) => svg`<svg x="${axis.at(value)}%" y=${MIDDLE + OFFSETS[n % OFFSETS.length]!} overflow="visible">${point(mode, 0)}</svg>`)}
    <line class="median" x1="${axis.at(median)}%" x2="${axis.at(median)}%" y1="2" y2=${2 * MIDDLE - 2}></line>
  </svg>`;
}

/** Threads are round, processes square: the colours say the same. */
function point(mode: RunMode, at: number): SVGTemplateResult {
  return mode === "threads" ? svg`<circle class="point" cx=${at} cy=${at} r="3.6"></circle>` : svg`<rect class="point" x=${at - 3.2} y=${at - 3.2} width="6.4" height="6.4"></rect>`;
}

function grid(axis: Axis, height: number): SVGTemplateResult[] {
  return axis.ticks.map((value) => svg`<line class="grid" x1="${axis.at(value)}%" x2="${axis.at(value)}%" y1="0" y2=${height}></line>`);
}

function axisSvg(axis: Axis, figure: Figure): TemplateResult {
  return html`<svg width="100%" height="17" aria-hidden="true">
    ${axis.ticks.map((value, n) => {
      const x = axis.at(value);
      const anchor = n === 0 && x < 3 ? "start" : x > 95 ? "end" : "middle";
      return svg`<line class="grid" x1="${x}%" x2="${x}%" y1="0" y2="3"></line><text x="${x}%" y="13" text-anchor=${anchor}>${value === 0 ? "0" : figure.format(value)}</text>`;
    })}
  </svg>`;
}

/** A table with a column per mode; rows without anything in either are left out. */
export function sideBySide(words: Words, caption: string, what: string, rows: readonly { readonly name: TemplateResult | string; readonly cells: Record<RunMode, readonly (TemplateResult | string)[]> }[]): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return html`<table class="data beside">
    <caption class="sr-only">${caption}</caption>
    <thead><tr><th scope="col">${what}</th>${MODES.map((mode) => html`<th scope="col" class="mode-name">${modeKey(mode)}<span>${words[mode]}</span></th>`)}</tr></thead>
    <tbody>
      ${rows.map(
        ({ name, cells }) => html`<tr><th scope="row">${name}</th>${MODES.map((mode) => html`<td>${cells[mode].length === 0 ? html`<span class="muted">–</span>` : cells[mode].map((cell) => html`<div>${cell}</div>`)}</td>`)}</tr>`,
      )}
    </tbody>
  </table>`;
}

