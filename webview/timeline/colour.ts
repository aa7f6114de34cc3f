/** Colours as numbers, for mixing and for contrast. */
export interface Rgb {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

/** Reads "#rgb", "#rrggbb", "#rrggbbaa", "rgb(…)" and "rgba(…)"; a translucent colour is laid over `under`. */
export function parseColour(text: string, under: Rgb = { r: 0, g: 0, b: 0 }): Rgb | undefined {
  const value = text.trim();
  const hex = /^#([0-9a-f]{3,8})$/i.exec(value)?.[1];
  if (hex) {
    const long = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join("") : hex;
    if (long.length !== 6 && long.length !== 8) return undefined;
    const part = (at: number): number => parseInt(long.slice(at, at + 2), 16);
    return over({ r: part(0), g: part(2), b: part(4) }, under, long.length === 8 ? part(6) / 255 : 1);
  }
  const parts = /^rgba?\(([^)]+)\)$/i.exec(value)?.[1]?.split(/[\s,/]+/).filter(Boolean);
  if (!parts || parts.length < 3) return undefined;
  const [r, g, b, alpha = 1] = parts.map((part) => (part.endsWith("%") ? parseFloat(part) / 100 : parseFloat(part)));
  if (r === undefined || g === undefined || b === undefined || [r, g, b, alpha].some(Number.isNaN)) return undefined;
  return over({ r, g, b }, under, alpha);
}

/** A colour without its translucency. */
export function solid(text: string): Rgb | undefined {
  const value = text.trim();
  if (/^#[0-9a-f]{8}$/i.test(value)) return parseColour(value.slice(0, 7));
  if (/^#[0-9a-f]{4}$/i.test(value)) return parseColour(value.slice(0, 4));
  const parts = /^rgba?\(([^)]+)\)$/i.exec(value)?.[1]?.split(/[\s,/]+/).filter(Boolean);
  return parts ? parseColour(`rgb(${parts.slice(0, 3).join(",")})`) : parseColour(value);
}

function over(top: Rgb, under: Rgb, alpha: number): Rgb {
  return mix(under, top, alpha);
}

/** `part` = 0 is `a`, 1 is `b`. */
export function mix(a: Rgb, b: Rgb, part: number): Rgb {
  const one = (x: number, y: number): number => Math.round(x + (y - x) * part);
  return { r: one(a.r, b.r), g: one(a.g, b.g), b: one(a.b, b.b) };
}

export function css({ r, g, b }: Rgb, alpha = 1): string {
  return alpha === 1 ? `rgb(${r},${g},${b})` : `rgba(${r},${g},${b},${alpha})`;
}

/** WCAG 2.2, relative luminance. */
export function luminance({ r, g, b }: Rgb): number {
  const linear = (channel: number): number => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** WCAG 2.2, contrast ratio: 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** `colour`, moved towards black or white until it is readable on `background`. */
export function readable(colour: Rgb, background: Rgb, ratio = 4.5): Rgb {
  const target = luminance(background) > 0.18 ? { r: 0, g: 0, b: 0 } : { r: 255, g: 255, b: 255 };
  for (let part = 0; part < 1; part += 0.1) {
    const candidate = mix(colour, target, part);
    if (contrast(candidate, background) >= ratio) return candidate;
  }
  return target;
}
