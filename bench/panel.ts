// What the panel's first paint and its frames take with a million events: prints JSON.
//   npx tsx bench/panel.ts [events]
import { manyEvents } from "../test/webview/fixtures";
import { Bench } from "../test/webview/page";

const events = Number(process.argv[2] ?? 1_000_000);

async function main(): Promise<void> {
  const bench = await Bench.start();
  const panel = await bench.open({ width: 1400 });
  const fixture = manyEvents(events);
  await panel.init(fixture.file, fixture.code);
  await panel.send({ type: "run-started", run: 1, file: fixture.file, mode: "threads", perturb: null });
  await panel.idle();
  await panel.page.evaluate((base64) => {
    const text = atob(base64);
    const all = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) all[i] = text.charCodeAt(i);
    Object.assign(window, { whole: all });
  }, Buffer.from(fixture.bytes).toString("base64"));
  // From the first piece of the trace to the end of all drawing.
  const firstPaint = await panel.page.evaluate(async () => {
    const { whole } = window as unknown as { whole: Uint8Array };
    const begin = performance.now();
    for (let at = 0; at < whole.length; at += 1 << 20) window.postMessage({ type: "trace", run: 1, bytes: whole.slice(at, at + (1 << 20)).buffer }, "*");
    window.postMessage({ type: "run-ended", run: 1, outcome: "completed", exitCode: 0, duration: 100, diagnostics: [] }, "*");
    await new Promise<void>((taken) => {
      window.addEventListener("message", ({ data }: MessageEvent<{ type: string }>) => (data.type === "measure" ? taken() : undefined));
      window.postMessage({ type: "measure" }, "*");
    });
    await window.__idle;
    return performance.now() - begin;
  });
  const frames = await panel.page.evaluate(async () => {
    const rows = document.querySelector(".tl-rows");
    if (!rows) throw new Error("no timeline");
    const box = rows.getBoundingClientRect();
    const times: number[] = [];
    for (let i = 0; i < 200; i++) {
      const zoom = i % 3 !== 2;
      const deltaY = zoom ? (i < 100 ? -90 : 90) : 120;
      const begin = performance.now();
      rows.dispatchEvent(new WheelEvent("wheel", { bubbles: true, cancelable: true, deltaY, ctrlKey: zoom, shiftKey: !zoom, clientX: box.left + box.width * 0.6, clientY: box.top + 40 }));
      const asked = performance.now() - begin;
      let frame = 0;
      await new Promise<void>((drawn) =>
        requestAnimationFrame((start) => {
          // The panel's own callback ran before this one, in the same frame.
          frame = performance.now() - start;
          drawn();
        }),
      );
      times.push(asked + Math.max(0, frame));
    }
    return times.sort((a, b) => a - b);
  });
  const round = (value: number): number => Math.round(value * 10) / 10;
  console.log(JSON.stringify({ bench: "panel", events, firstPaintMs: round(firstPaint), frameMedianMs: round(frames[100]!), frameP95Ms: round(frames[190]!), reach: { firstPaintMs: 1500, frameP95Ms: 16 } }));
  await bench.stop();
}

void main();
