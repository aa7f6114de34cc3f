export function findBrowser(): Promise<string | undefined>;
export function ensureBrowser(): Promise<string>;
export function launchOptions(executablePath: string): { executablePath: string; args: string[] };
