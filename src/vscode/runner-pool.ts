import { RunnerProcess } from "./runner-process";

/** Hands out runner processes, and keeps one ready where that is wanted: starting one costs some 0.3 s. */
export class RunnerPool {
  private spare: RunnerProcess | undefined;
  private readonly all = new Set<RunnerProcess>();

  /** @param nodePath asked at each start: a setting may change */
  constructor(private readonly script: string, private readonly nodePath: () => string | undefined) {}

  /** Starts a runner ahead of its use. */
  warm(): void {
    if (this.spare && this.fits(this.spare)) return;
    this.spare?.dispose();
    this.spare = this.create();
  }

  take(): RunnerProcess {
    const { spare } = this;
    this.spare = undefined;
    if (spare && this.fits(spare)) return spare;
    spare?.dispose();
    return this.create();
  }

  /** Gives back a runner whose run has ended: it is the next one's, with its compiler loaded. */
  giveBack(runner: RunnerProcess): void {
    runner.release();
    if (!this.spare && this.fits(runner)) this.spare = runner;
    else runner.dispose();
  }

  /** Ends all; resolves when no process is left. */
  async dispose(): Promise<void> {
    this.spare = undefined;
    const runners = [...this.all];
    for (const runner of runners) runner.dispose();
    await Promise.all(runners.map((runner) => runner.gone));
  }

  private fits(runner: RunnerProcess): boolean {
    return runner.alive && runner.nodePath === this.nodePath();
  }

  private create(): RunnerProcess {
    const runner = new RunnerProcess(this.script, this.nodePath());
    this.all.add(runner);
    void runner.gone.then(() => this.all.delete(runner));
    return runner;
  }
}
