import * as vscode from "vscode";
import type { RunOptions } from "../run/types";

const SECTION = "concurrencyPlayground";

/** The limits of a run, as the settings have them. */
export function runSettings(uri: vscode.Uri): Pick<RunOptions, "copies" | "timeLimit" | "memoryLimit" | "taskLimit"> {
  const settings = vscode.workspace.getConfiguration(SECTION, uri);
  return {
    copies: settings.get<number>("copies", 2),
    timeLimit: settings.get<number>("timeLimit", 60) * 1000,
    memoryLimit: settings.get<number>("memoryLimit", 1024),
    taskLimit: settings.get<number>("taskLimit", 64),
  };
}

/** The seed of random delays that the settings ask for; null: none. */
export function perturbSeed(uri: vscode.Uri): number | null {
  return vscode.workspace.getConfiguration(SECTION, uri).get<number | null>("perturb", null);
}

/** How often a comparison runs a snippet each way. */
export function compareRuns(uri: vscode.Uri): number {
  return vscode.workspace.getConfiguration(SECTION, uri).get<number>("compareRuns", 5);
}

/** The Node that runs snippets; undefined: the editor's own. */
export function nodePath(): string | undefined {
  return vscode.workspace.getConfiguration(SECTION).get<string>("nodePath", "").trim() || undefined;
}

export function prewarms(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get<boolean>("prewarm", true);
}

export function showsCodeLens(uri: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration(SECTION, uri).get<boolean>("codeLens", true);
}
