/** Times at round distances, at least `minPixels` apart. */
export function ticks(from: number, to: number, width: number, minPixels = 90): number[] {
  const wanted = ((to - from) * minPixels) / width;
  const magnitude = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((candidate) => candidate >= wanted) ?? 10 * magnitude;
  const found: number[] = [];
  for (let n = Math.ceil(Math.max(0, from) / step); n * step <= to; n++) found.push(n * step);
  return found;
}

const UNITS = [
  { nanos: 1e9, name: "s" },
  { nanos: 1e6, name: "ms" },
  { nanos: 1e3, name: "µs" },
  { nanos: 1, name: "ns" },
] as const;

function unitFor(nanos: number): (typeof UNITS)[number] {
  return UNITS.find((unit) => Math.abs(nanos) >= unit.nanos) ?? UNITS[3];
}

/** "1.3 ms", "20 µs": three significant digits. */
export function formatDuration(nanos: number): string {
  if (!Number.isFinite(nanos)) return "–";
  const unit = unitFor(nanos);
  const value = nanos / unit.nanos;
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${trimZeros(value.toFixed(digits))} ${unit.name}`;
}

/** A moment of the run, with as many digits as `resolution` (nanoseconds) asks for: neighbouring ticks must differ. */
export function formatTime(nanos: number, resolution: number): string {
  const unit = unitFor(Math.max(Math.abs(nanos), 1));
  const digits = Math.min(9, Math.max(0, Math.ceil(Math.log10(unit.nanos / Math.max(resolution, 0.1)))));
  return `${(nanos / unit.nanos).toFixed(digits)} ${unit.name}`;
}

/** A moment for a list: the same unit and digits in every row, by the length of the run. */
export function formatMoment(nanos: number, duration: number): string {
  const unit = unitFor(Math.max(duration, 1));
  return `${(nanos / unit.nanos).toFixed(unit.nanos === 1e9 ? 6 : unit.nanos === 1 ? 0 : 3)} ${unit.name}`;
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
