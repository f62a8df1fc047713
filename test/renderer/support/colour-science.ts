/** Linear light of an sRGB colour `#rrggbb`, red, green and blue from 0 to 1. */
type Linear = readonly [r: number, g: number, b: number];
type Matrix = readonly [Linear, Linear, Linear];

function linear(hex: string): Linear {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [r, g, b];
}

/** Relative luminance of WCAG 2.2. */
export function luminance(hex: string): number {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const row = ([a, b, c]: Linear, [x, y, z]: Linear): number => a * x + b * y + c * z;
const apply = ([r, g, b]: Matrix, colour: Linear): Linear => [row(r, colour), row(g, colour), row(b, colour)];

/** OKLab by Björn Ottosson (2020), from linear sRGB. */
function oklab(colour: Linear): Linear {
  const [l, m, s] = apply(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    colour,
  ).map((value) => Math.cbrt(Math.max(0, value))) as unknown as Linear;
  return apply(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [l, m, s],
  );
}

/** How somebody without one kind of cone sees: Machado, Oliveira and Fernandes (2009), severity 1, on linear sRGB. */
export const VISIONS = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Readonly<Record<string, Matrix>>;
export type Vision = keyof typeof VISIONS;

/** Distance of two colours in OKLab, times 100, as somebody sees them. */
export function difference(a: string, b: string, vision: Vision): number {
  const seen = (hex: string): Linear =>
    oklab(apply(VISIONS[vision], linear(hex)).map((value) => Math.min(1, Math.max(0, value))) as unknown as Linear);
  const [x, y] = [seen(a), seen(b)];
  return 100 * Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}
