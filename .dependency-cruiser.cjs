// The layers of docs/architecture.md: each folder of src, and what it may import.
const layers = {
  trace: [],
  start: [],
  sync: ["trace"],
  wire: ["trace"],
  instrument: ["trace"],
  runtime: ["trace", "sync", "wire"],
  run: ["trace", "sync", "wire", "instrument"],
  analysis: ["trace"],
  explore: ["run", "analysis", "trace"],
  report: ["analysis", "trace"],
  session: ["run", "instrument", "analysis", "report", "trace"],
  cli: ["trace", "sync", "wire", "instrument", "run", "analysis", "explore", "report", "session"],
  vscode: ["trace", "sync", "wire", "instrument", "run", "analysis", "explore", "report", "session"],
};

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(layers).map(([layer, allowed]) => ({
      name: `layer-${layer}`,
      severity: "error",
      comment: `src/${layer} may import only: ${allowed.join(", ") || "nothing of ours"} (docs/architecture.md)`,
      from: { path: `^src/${layer}/` },
      to: { path: "^(src|webview|test|bench)/", pathNot: `^src/(${[layer, ...allowed].join("|")})/|^src/api\\.d\\.ts$` },
    })),
    {
      name: "panel",
      severity: "error",
      comment: "webview may import only trace, analysis, report and the message types",
      from: { path: "^webview/" },
      to: { path: "^(src|test|bench)/", pathNot: "^src/(trace|analysis|report)/|^src/vscode/panel-messages\\.ts$" },
    },
    {
      name: "panel-in-browser",
      severity: "error",
      comment: "what the panel uses must run in a browser",
      from: { path: "^(webview|src/(trace|analysis|report))/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "vscode-only-in-the-extension",
      severity: "error",
      from: { pathNot: "^(src|test)/vscode/" },
      to: { path: "^vscode$" },
    },
    {
      name: "no-vscode-in-the-runner",
      severity: "error",
      comment: "the runner process has no editor",
      from: { path: "^src/vscode/(runner-main|runner-messages|runner-process|trace-batch|snippet|text|finding-diagnostics)\\.ts$" },
      to: { path: "^vscode$" },
    },
    {
      name: "nothing-heavy-in-the-extension-host",
      severity: "error",
      comment: "the compiler and the analysis live in the runner; types may be imported",
      from: { path: "^src/vscode/", pathNot: "^src/vscode/(runner-main\\.ts|tsserver-plugin/)" },
      // What tells that a finding is gone is a few lines that import types alone.
      to: { path: "^src/(instrument|run|session|analysis|explore|report)/", pathNot: "^src/report/gone\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    // Inside a layer a cycle is a smell and no defect.
    { name: "no-cycles", severity: "error", from: { path: "^(src|webview)/" }, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    { name: "not-from-tests", severity: "error", from: { path: "^(src|webview)/" }, to: { path: "^(test|bench|samples)/" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default"] },
  },
};
