import "@vscode/codicons/dist/codicon.css";
import "./styles/base.css";
import "./styles/panel.css";
import "./styles/timeline.css";
import "./styles/parts.css";
import "./styles/compare.css";
import "./panel";
import { Host } from "./state/host";
import { PanelStore } from "./state/store";

const host = new Host();
const store = new PanelStore(host);

window.addEventListener("error", ({ message, error }) => tellFailure(error ?? message));
window.addEventListener("unhandledrejection", ({ reason }) => tellFailure(reason));

/** The extension logs it: a student can't be expected to open the developer tools. */
function tellFailure(reason: unknown): void {
  const message = reason instanceof Error ? reason.message : String(reason);
  host.post({ type: "failure", message, ...(reason instanceof Error && reason.stack ? { stack: reason.stack } : {}) });
}

host.listen((message) => store.receive(message));
const panel = document.createElement("cp-panel");
panel.store = store;
document.body.append(panel);
host.post({ type: "ready" });
