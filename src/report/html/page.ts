import { SEGMENT_SPACE, type Trace } from "../../trace";
import type { Report, ToldFinding } from "../contract";
import { displayValue } from "../display";
import { formatComparison } from "../format-comparison";
import { Names } from "../names";
import { stepTasks } from "../format-steps";
import { wordsOf, type Words } from "../words";
import { escape } from "./escape";
import { STYLE } from "./style";
import { timeline } from "./timeline";
import { pageWords, type PageWords } from "./words";

/** Of what the tasks printed, so much goes into the page (characters). */
const MAX_OUTPUT = 200_000;

/** A page that tells of a run and needs nothing beside it: no script, no other file. Without a trace it has no timeline. */
export function htmlPage(report: Report, trace: Trace | undefined, locale?: string): string {
  const words = pageWords(locale);
  const all = wordsOf(locale);
  const names = trace && new Names(trace, all);
  const findings: readonly ToldFinding[] = report.findings;
  const title = escape(words.title(basename(report.file)));
  const sections = [
    `<h1>${title}</h1><p class="${report.outcome === "completed" ? "soft" : "bad"}">${escape(all.summary(report.mode, all.outcome(report.outcome, report.exitCode), report.tasks.length, report.duration))}<br>${escape(report.file)}</p>`,
    report.comparison ? `<pre>${escape(formatComparison(report.comparison, all, (text) => text))}</pre>` : "",
    section(words.findings, findings.length === 0 ? `<p>${escape(all.nothingFound)}</p>` : findings.map((finding) => findingOf(finding, report, all)).join("")),
    trace && names ? section(words.timeline, `<p class="soft">${escape(words.timelineHint)}</p>${legend(words)}${timeline(trace, findings, names, words)}`) : "",
    trace ? section(words.source, sourceOf(trace, findings)) : "",
    section(words.output, outputOf(report, words)),
    section(words.tasks, tasksOf(report, words)),
    report.variables.length === 0 ? "" : section(words.variables, variablesOf(report, words)),
    report.syncObjects.length === 0 ? "" : section(words.objects, objectsOf(report, words)),
  ];
  return `<!DOCTYPE html>
<html lang="${words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${title}</title><style>${STYLE}</style></head>
<body>${sections.filter((part) => part !== "").join("\n")}</body></html>
`;
}

function basename(path: string): string {
  return path.replace(/^.*[\\/]/, "");
}

function section(heading: string, content: string): string {
  return `<h2>${escape(heading)}</h2>\n${content}`;
}

function findingOf({ kind, message, explanation, count, accesses, cycle, steps }: ToldFinding, report: Report, all: Words): string {
  const places = [
    ...(accesses ?? []).map(({ file, line, column, text }) => `<li><code>${escape(`${basename(file)}:${line}:${column}`)}</code> <code>${escape(text)}</code></li>`),
    ...(cycle ?? []).map(({ file, line, task, waitsFor }) => `<li><code>${escape(`${basename(file)}:${line}`)}</code> #${task} → ${escape(waitsFor)}</li>`),
  ];
  const times = count > 1 ? ` <span class="soft">(${escape(all.times(count, kind))})</span>` : "";
  return `<div class="finding"><h3>${escape(all.kind(kind))}${times}</h3><p><b>${escape(message)}</b></p>${places.length > 0 ? `<ul>${places.join("")}</ul>` : ""}${stepsOf(steps ?? [], report, all)}${explanation.map((text) => `<p>${escape(text)}</p>`).join("")}</div>`;
}

/** What happened, a column per task; one task's steps are in the text. */
function stepsOf(steps: NonNullable<ToldFinding["steps"]>, report: Report, all: Words): string {
  const tasks = stepTasks(steps);
  if (tasks.length < 2) return "";
  return table(["", ...tasks.map((task) => taskName(report, task))], steps.map((step) => [all.stepLine(step.line), ...tasks.map((task) => (task === step.task ? step.text : ""))]));
}

function taskName({ tasks }: Report, id: number): string {
  return `${tasks.find((task) => task.id === id)?.name ?? ""} (#${id})`;
}

function legend(words: PageWords): string {
  const entries = Object.entries(words.legend).map(([state, text]) => `<span><svg width="12" height="12" aria-hidden="true"><rect class="${state}" width="12" height="12"/></svg>${escape(text)}</span>`);
  return `<p class="legend">${entries.join("")}</p>`;
}

/** Each file with the lines marked that findings name. */
function sourceOf(trace: Trace, findings: readonly ToldFinding[]): string {
  const marked = new Set(findings.flatMap(({ accesses, cycle }) => [...(accesses ?? []), ...(cycle ?? [])].map(({ file, line }) => `${file}:${line}`)));
  return trace.files
    .map(({ path, text }, i) => {
      const lines = text.replace(/\n$/, "").split("\n").map((line, n) => `<span${marked.has(`${path}:${n + 1}`) ? ' class="marked"' : ""}>${escape(line) || " "}</span>`);
      return `<details${i === 0 ? " open" : ""}><summary>${escape(basename(path))}</summary><pre class="code">${lines.join("")}</pre></details>`;
    })
    .join("");
}

function outputOf(report: Report, words: PageWords): string {
  const { output } = report;
  if (output.length === 0) return `<p class="soft">${escape(words.noOutput)}</p>`;
  let left = MAX_OUTPUT;
  const rows: string[] = [];
  for (const { task, stream, text } of output) {
    if (left <= 0) break;
    rows.push(`<tr><td>${escape(taskName(report, task))}</td><td><pre${stream === "stderr" ? ' class="bad"' : ""}>${escape(text.slice(0, left).replace(/\n$/, ""))}</pre></td></tr>`);
    left -= text.length;
  }
  return `<table>${rows.join("")}</table>${left <= 0 ? `<p class="soft">${escape(words.cut)}</p>` : ""}`;
}

function tasksOf({ tasks }: Report, { columns, states, kinds }: PageWords): string {
  const rows = tasks.map(({ id, name, kind, pid, state, started, ended, error }) => [`${name} (#${id})`, kinds[kind], pid, states[state], `${started.toFixed(1)} – ${ended?.toFixed(1) ?? ""}`, error ?? ""]);
  return table([columns.task, columns.kind, columns.pid, columns.state, columns.time, columns.error], rows);
}

function variablesOf({ variables }: Report, { columns }: PageWords): string {
  const rows = variables.map(({ name, space, value, reads, writes, guardedBy }) => [name, space === SEGMENT_SPACE ? columns.segment : space, cut(displayValue(value)), reads, writes, guardedBy ?? columns.none]);
  return table([columns.name, columns.space, columns.value, columns.reads, columns.writes, columns.guard], rows);
}

function objectsOf(report: Report, { columns }: PageWords): string {
  const rows = report.syncObjects.map(({ name, type, taken, waits, waitedMs, heldMs, longestWait }) => {
    const longest = longestWait === undefined ? "" : `${longestWait.ms} ms · ${taskName(report, longestWait.task)} · ${basename(longestWait.file)}:${longestWait.line}`;
    return [name, type, taken ?? "", waits, waitedMs, heldMs, longest];
  });
  return table([columns.name, columns.type, columns.taken, columns.waits, columns.waited, columns.held, columns.longest], rows);
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cell = (tag: "th" | "td", value: string | number): string => `<${tag}${typeof value === "number" ? ' class="number"' : ""}>${escape(String(value))}</${tag}>`;
  return `<table><thead><tr>${head.map((text) => cell("th", text)).join("")}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((value) => cell("td", value)).join("")}</tr>`).join("")}</tbody></table>`;
}

function cut(text: string): string {
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}
