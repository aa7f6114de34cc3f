import type { ChildProcess } from "node:child_process";

export interface WebEditor {
  readonly port: number;
  readonly server: ChildProcess;
  output(): string;
  address(page: { folder: string; payload?: [string, string][] }): string;
  remote(file: string): string;
  stop(): Promise<void>;
}

export function startWebEditor(options?: { port?: number; testing?: boolean; data?: string; trust?: boolean }): Promise<WebEditor>;
