import type { HostToPanel, PanelToHost } from "../../src/vscode/panel-messages";

interface VsCodeApi {
  postMessage(message: PanelToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

/** The extension, as the panel sees it. */
export class Host {
  private readonly api = acquireVsCodeApi();

  post(message: PanelToHost): void {
    this.api.postMessage(message);
  }

  /** What the last panel in this place saved; unknown because an older version may have written it. */
  get saved(): unknown {
    return this.api.getState();
  }

  save(state: unknown): void {
    this.api.setState(state);
  }

  listen(receive: (message: HostToPanel) => void): void {
    window.addEventListener("message", (event: MessageEvent<unknown>) => {
      const { data } = event;
      // Browser extensions and Monaco post messages of their own to the same window.
      if (typeof data === "object" && data !== null && "type" in data && typeof data.type === "string") receive(data as HostToPanel);
    });
  }
}
