/** Colours of both schemes: text has a contrast of at least 4.5 : 1 on its ground. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --text: #1b1f24; --soft: #59636e; --line: #d1d9e0; --panel: #f6f8fa; --running: #2da44e; --blocked: #cf222e; --waiting: #bf8700; --sleeping: #8c959f; --held: #0969da; --bad: #b3131f; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --text: #e6edf3; --soft: #9198a1; --line: #3d444d; --panel: #151b23; --running: #3fb950; --blocked: #f85149; --waiting: #d29922; --sleeping: #6e7681; --held: #4493f8; --bad: #ff8182; --link: #79c0ff; } }
body { margin: 0 auto; padding: 1.5rem; max-width: 78rem; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); }
.soft { color: var(--soft); } .bad { color: var(--bad); } a { color: var(--link); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code, pre { font: 13px/1.5 ui-monospace, Consolas, monospace; } pre { background: var(--panel); padding: .75rem; overflow: auto; margin: .25rem 0; }
.finding { border: 1px solid var(--line); border-left: 4px solid var(--blocked); padding: .5rem 1rem; margin: .75rem 0; border-radius: 4px; } .finding h3 { margin: 0; font-size: 1rem; } .finding p { margin: .4rem 0; white-space: pre-line; }
.timeline { overflow-x: auto; } svg { display: block; background: var(--panel); } svg text { fill: var(--text); font: 12px system-ui, sans-serif; } svg .axis { stroke: var(--line); } svg .arrow { stroke: var(--soft); fill: none; opacity: .7; } svg .race { fill: var(--bad); }
.running { fill: var(--running); } .blocked { fill: var(--blocked); } .waiting { fill: var(--waiting); } .sleeping { fill: var(--sleeping); } .held { fill: var(--held); }
.legend span { margin-right: 1.2rem; } .legend svg { display: inline-block; vertical-align: -1px; margin-right: .35rem; }
.code { counter-reset: line; padding: .5rem 0; } .code span { display: block; padding: 0 .75rem; white-space: pre; } .code span::before { counter-increment: line; content: counter(line); display: inline-block; width: 3em; margin-right: 1em; text-align: right; color: var(--soft); user-select: none; } .code .marked { background: color-mix(in srgb, var(--blocked) 18%, transparent); }
details > summary { cursor: pointer; margin: .5rem 0; }
`;
