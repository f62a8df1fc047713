import { BLANK, type Line, lineWidth, padded, type Span, span, truncate, wrap } from '../text/line.ts';

// The full screen is drawn as exactly as many rows and columns as the window has. Nothing can overflow, so nothing can flicker.

export type Size = { readonly columns: number; readonly rows: number };

export type PanelOptions = {
  readonly title: string;
  /** Short remark at the right of the top edge. */
  readonly note?: string;
  readonly width: number;
  readonly height: number;
  /** First row shown, for panels that scroll. */
  readonly scroll?: number;
  /** Shows the newest rows of a list, which stand at its end. */
  readonly tail?: boolean;
};

/** A row of exactly `width` cells. */
export const fitted = (parts: Line, width: number): Line => padded(truncate(parts, width), width);

/** Breaks lines to the width inside a panel; `indent` is where continued rows begin. */
export const flowed = (lines: readonly Line[], width: number, indent = 0): readonly Line[] =>
  lines.flatMap((one) => wrap(one, innerWidth(width), indent));

export const innerWidth = (width: number): number => Math.max(0, width - 4);
export const innerHeight = (height: number): number => Math.max(0, height - 2);

function topEdge({ title, note, width }: PanelOptions, more: string): Line {
  const left: Span[] = [span('╭ ', 'muted'), span(title, 'strong'), span(' ', 'muted')];
  const remark = [note ?? '', more].filter((text) => text !== '').join('  ');
  const right = remark === '' ? '─╮' : ` ${remark} ─╮`;
  const room = width - lineWidth(left) - right.length;
  if (room < 1) return [...truncate(left, width - 1), span('╮', 'muted')];
  return [...left, span('─'.repeat(room), 'muted'), span(right, 'muted')];
}

/** How far a list can be scrolled in a panel of this height. */
export const lastScroll = (rows: number, height: number): number => Math.max(0, rows - innerHeight(height));

/** A titled box of exactly `width` by `height` cells. Only the rows that are seen are drawn. */
export function panel(options: PanelOptions, lines: readonly Line[]): readonly Line[] {
  const { width, height, scroll = 0, tail = false } = options;
  const inner = innerHeight(height);
  const last = lastScroll(lines.length, height);
  const from = tail ? last : Math.min(scroll, last);
  const shown = lines.slice(from, from + inner);
  const below = lines.length - from - shown.length;
  const more = below > 0 ? `↓ ${below} more` : from > 0 && !tail ? `↑ ${from} more` : '';
  const rows = Array.from(
    { length: inner },
    (_, index): Line => [span('│ ', 'muted'), ...fitted(shown[index] ?? BLANK, innerWidth(width)), span(' │', 'muted')],
  );
  return [topEdge(options, more), ...rows, [span(`╰${'─'.repeat(Math.max(0, width - 2))}╯`, 'muted')]];
}

/** Two blocks of the same height next to each other. */
export const beside = (left: readonly Line[], right: readonly Line[]): readonly Line[] =>
  left.map((one, index) => [...one, ...(right[index] ?? BLANK)]);
