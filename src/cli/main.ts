import { version } from "../../package.json";
import { UsageError, parseCommand } from "./arguments";
import { compareCommand } from "./compare-command";
import { runCommand } from "./run-command";
import { cliWords, environmentLocale } from "./words";

const UNUSABLE = 2;

async function main(): Promise<number> {
  const locale = environmentLocale(process.env);
  const words = cliWords(locale);
  try {
    const command = parseCommand(process.argv.slice(2), words, locale);
    switch (command.type) {
      case "help":
        process.stdout.write(`${words.usage}\n`);
        return 0;
      case "version":
        process.stdout.write(`${version}\n`);
        return 0;
      case "run":
        return await runCommand(command, words, locale);
      case "compare":
        return await compareCommand(command, words, locale);
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n${words.hint}\n`);
    return UNUSABLE;
  }
}

// A reader that has heard enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

void main().then((status) => {
  // Not process.exit(): what has been written must still reach its reader.
  process.exitCode = status;
});
