// Draws the icons of the tray from shapes, so that no state is told by colour alone: node scripts/tray-icons.mjs writes resources/icons/tray-*.png.
// A state is a list of shapes on a square of 24 units; each pixel is the mean of 8 x 8 looks at them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

const UNITS = 24;
const CENTRE = 12;
const LOOKS = 8;
const INK = [0xe6, 0xed, 0xf3];
const ROUND = 2 * Math.PI;

const ring = (radius, width) => (x, y) => Math.abs(Math.hypot(x - CENTRE, y - CENTRE) - radius) <= width / 2;
const disc = (cx, cy, radius) => (x, y) => Math.hypot(x - cx, y - cy) <= radius;
const dashed = (radius, width, dashes) => (x, y) => {
  const turn = ((Math.atan2(y - CENTRE, x - CENTRE) + ROUND) / ROUND) % 1;
  return ring(radius, width)(x, y) && (turn * dashes) % 1 < 0.6;
};
const diamond = (reach) => (x, y) => Math.abs(x - CENTRE) + Math.abs(y - CENTRE) <= reach;
const octagon = (reach) => (x, y) => {
  const [dx, dy] = [Math.abs(x - CENTRE), Math.abs(y - CENTRE)];
  return dx <= reach && dy <= reach && dx + dy <= reach * Math.SQRT2;
};
/** Upright, from its tip down to its base. */
const triangle = (cx, top, base, half) => (x, y) =>
  y >= top && y <= base && Math.abs(x - cx) <= (half * (y - top)) / (base - top);

/** Later shapes lie on earlier ones. `light` is drawn in the colour of the panel on template images: a hole. */
export const STATES = {
  idle: [{ fill: INK, inside: ring(8, 2.4) }],
  running: [
    { fill: INK, inside: ring(8, 2.4) },
    { fill: [0x2d, 0xd4, 0xbf], inside: disc(CENTRE, CENTRE, 3.6) },
  ],
  live: [{ fill: [0xf2, 0xa9, 0x3b], inside: diamond(10.5) }],
  approval: [
    { fill: INK, inside: ring(8, 2.4) },
    { hole: true, inside: triangle(16.5, 9.5, 23.5, 8.2) },
    { fill: [0xf2, 0xa9, 0x3b], inside: triangle(16.5, 12, 22.5, 6) },
  ],
  halted: [
    { fill: [0xff, 0xff, 0xff], inside: octagon(9.8) },
    { fill: [0xb3, 0x26, 0x1e], inside: octagon(8.2) },
  ],
  offline: [{ fill: INK, inside: dashed(8, 2.4, 6) }],
};

/** Pixels of a state, four bytes each. A template is black alone: macOS gives it the colour of the bar. */
export function drawState(state, size, template = false) {
  const pixels = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      const sum = [0, 0, 0, 0];
      for (let look = 0; look < LOOKS * LOOKS; look += 1) {
        const x = ((column + ((look % LOOKS) + 0.5) / LOOKS) * UNITS) / size;
        const y = ((row + (Math.floor(look / LOOKS) + 0.5) / LOOKS) * UNITS) / size;
        const shape = STATES[state].findLast(({ inside }) => inside(x, y));
        if (shape === undefined || shape.hole === true) continue;
        const colour = template ? [0, 0, 0] : shape.fill;
        for (const [index, value] of colour.entries()) sum[index] += value;
        sum[3] += 1;
      }
      const at = (row * size + column) * 4;
      if (sum[3] === 0) continue;
      for (let index = 0; index < 3; index += 1) pixels[at + index] = Math.round(sum[index] / sum[3]);
      pixels[at + 3] = Math.round((255 * sum[3]) / (LOOKS * LOOKS));
    }
  return pixels;
}

const chunk = (name, data) => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
};

/** The pixels as a PNG of eight bits with transparency, each row without a filter. */
export function toPng(pixels, size) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Array.from({ length: size }, (_, row) =>
    Buffer.concat([Buffer.from([0]), pixels.subarray(row * size * 4, (row + 1) * size * 4)]),
  );
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Every file there is: 24 px for panels of Linux and Windows, 22 px templates for macOS, both at twice the size too. */
export const FILES = Object.keys(STATES).flatMap((state) => [
  { name: `tray-${state}.png`, state, size: 24, template: false },
  { name: `tray-${state}@2x.png`, state, size: 48, template: false },
  { name: `tray-${state}Template.png`, state, size: 22, template: true },
  { name: `tray-${state}Template@2x.png`, state, size: 44, template: true },
]);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(import.meta.dirname, '../resources/icons');
  for (const { name, state, size, template } of FILES)
    writeFileSync(join(folder, name), toPng(drawState(state, size, template), size));
  console.log(`${FILES.length} icons written to ${folder}`);
}
