import { create } from 'qrcode';

/** Modules of white around the code, without which readers do not find it (ISO/IEC 18004). */
const QUIET = 4;
/** Pixels of a module: a whole number, so that all are equally wide. */
const MODULE_PX = 4;

/** The dark modules as one path, a bar for each run along a row. */
function qrPath(text: string): { readonly size: number; readonly path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const bars: string[] = [];
  for (let row = 0; row < size; row += 1) {
    for (let from = 0; from < size; from += 1) {
      if (modules.get(row, from) === 0) continue;
      let to = from;
      while (to < size && modules.get(row, to) !== 0) to += 1;
      bars.push(`M${from} ${row}h${to - from}v1h${from - to}z`);
      from = to;
    }
  }
  return { size, path: bars.join('') };
}

/** A QR code, black on white in every theme and in forced colours: cameras expect it so. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = qrPath(text);
  const whole = size + 2 * QUIET;
  return (
    <svg
      role="img"
      aria-label={label}
      data-testid="qr"
      viewBox={`${-QUIET} ${-QUIET} ${whole} ${whole}`}
      width={whole * MODULE_PX}
      height={whole * MODULE_PX}
      shapeRendering="crispEdges"
      className="shrink-0 rounded-control forced-color-adjust-none"
    >
      <rect x={-QUIET} y={-QUIET} width={whole} height={whole} fill="white" />
      <path d={path} fill="black" />
    </svg>
  );
}
