import { html, svg, type TemplateResult } from "lit";
import { TASK_COLOURS } from "../common/task-badge";
import type { Words } from "../l10n";

export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** What is waited for. */
  readonly label: string;
}

const NODE = { width: 96, height: 26 };
/** Width of a letter of a label, in pixels, and from how many on a label may be covered. */
const LETTER = 7.3;
const LONGEST_LABEL = 30;

/** Positions of the tasks on an ellipse, in order of task number. */
export function placeNodes(edges: readonly GraphEdge[]): { readonly nodes: ReadonlyMap<number, { x: number; y: number }>; readonly width: number; readonly height: number } {
  const tasks = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const n = tasks.length;
  // Neighbours stand far enough apart for the longest label between them.
  const apart = NODE.width + LETTER * Math.max(0, ...edges.map(({ label }) => Math.min(label.length, LONGEST_LABEL)));
  const rx = n <= 1 ? 0 : n === 2 ? Math.max(115, apart / 2) : Math.max(110, n * 28, apart / 1.5);
  const ry = n <= 2 ? 0 : Math.max(55, n * 14);
  const width = 2 * rx + NODE.width + 20;
  const height = 2 * ry + NODE.height + 76;
  const nodes = new Map(
    tasks.map((task, i) => {
      const angle = Math.PI + (2 * Math.PI * i) / n;
      return [task, { x: width / 2 + rx * Math.cos(angle), y: height / 2 + ry * Math.sin(angle) }];
    }),
  );
  return { nodes, width, height };
}

/** A drawn wait-for graph: an arrow leads from the task that waits to the one it waits for. */
export function waitGraph(words: Words, edges: readonly GraphEdge[], name: (task: number) => string): TemplateResult {
  const { nodes, width, height } = placeNodes(edges);
  const told = edges.map(({ from, to, label }) => words.tellWaitingShort(name(from), label, name(to))).join(" ");
  return html`<svg class="wait-graph" role="img" aria-label="${words.cycleGraph}. ${told}" width=${width} height=${height} viewBox="0 0 ${width} ${height}">
    <defs><marker id="wait-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 L8 4 L0 8 z" class="tip"></path></marker></defs>
    ${edges.map((edge) => drawEdge(edge, nodes))}
    ${[...nodes].map(([task, { x, y }]) => drawNode(task, x, y, name(task)))}
  </svg>`;
}

function drawNode(task: number, x: number, y: number, name: string): TemplateResult {
  const text = name.length > 11 ? `${name.slice(0, 10)}…` : name;
  return svg`<g class="node task-${task % TASK_COLOURS}"><rect x=${x - NODE.width / 2} y=${y - NODE.height / 2} width=${NODE.width} height=${NODE.height} rx="4"></rect><text x=${x} y=${y + 4} text-anchor="middle">${text}</text></g>`;
}

function drawEdge({ from, to, label }: GraphEdge, nodes: ReadonlyMap<number, { x: number; y: number }>): TemplateResult {
  const a = nodes.get(from)!;
  const b = nodes.get(to)!;
  if (from === to) {
    const y = a.y - NODE.height / 2;
    return svg`<g class="edge"><path d="M${a.x - 20} ${y} C${a.x - 30} ${y - 34} ${a.x + 30} ${y - 34} ${a.x + 20} ${y}" marker-end="url(#wait-tip)"></path><text x=${a.x} y=${y - 28} text-anchor="middle">${label}</text></g>`;
  }
  // Bent to the left of its direction, so that two opposite edges do not cover each other.
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const long = Math.hypot(dx, dy);
  const bend = 34;
  const cx = (a.x + b.x) / 2 + (dy / long) * bend;
  const cy = (a.y + b.y) / 2 - (dx / long) * bend;
  const start = onBorder(a, { x: cx, y: cy });
  const end = onBorder(b, { x: cx, y: cy });
  const lx = (start.x + 2 * cx + end.x) / 4;
  const ly = (start.y + 2 * cy + end.y) / 4;
  return svg`<g class="edge"><path d="M${start.x} ${start.y} Q${cx} ${cy} ${end.x} ${end.y}" marker-end="url(#wait-tip)"></path><text x=${lx} y=${ly + (cy < (a.y + b.y) / 2 ? -5 : 13)} text-anchor="middle">${label}</text></g>`;
}

/** Where the line from a node's middle towards a point leaves the node. */
function onBorder(node: { x: number; y: number }, towards: { x: number; y: number }): { x: number; y: number } {
  const dx = towards.x - node.x;
  const dy = towards.y - node.y;
  const part = Math.min(NODE.width / 2 / Math.max(Math.abs(dx), 1e-6), (NODE.height / 2 + 1) / Math.max(Math.abs(dy), 1e-6));
  return { x: node.x + dx * Math.min(part, 1), y: node.y + dy * Math.min(part, 1) };
}
