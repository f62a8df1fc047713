/**
 * Text with meaning instead of colour. The same lines are printed plain, printed with colour, or drawn inside the full screen, so that
 * the three can't tell different stories.
 */
export type Tone = 'plain' | 'strong' | 'muted' | 'up' | 'down' | 'warn' | 'danger' | 'sim' | 'accent';
export type Span = { readonly text: string; readonly tone: Tone };
export type Line = readonly Span[];

export const span = (text: string, tone: Tone = 'plain'): Span => ({ text, tone });

/** A line of texts and spans. */
export const line = (...pieces: readonly (string | Span)[]): Line =>
  pieces.map((piece) => (typeof piece === 'string' ? span(piece) : piece)).filter(({ text }) => text !== '');

export const BLANK: Line = [];

export const textOf = (parts: Line): string => parts.map(({ text }) => text).join('');

/** Cells that a text takes. All glyphs of ours are one cell wide; code points, not UTF-16 units, are counted. */
export const widthOf = (text: string): number => Array.from(text).length;

export const lineWidth = (parts: Line): number => parts.reduce((sum, { text }) => sum + widthOf(text), 0);

/**
 * Control and direction-changing characters of a file name or a message must not reach a terminal: an escape sequence could rewrite
 * what it shows.
 */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');

/** Text of several lines, such as the JSON of a model, in one; `printable` would show each break as `?`. */
export const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Cuts a line to `width` cells; what is cut ends in an ellipsis. */
export function truncate(parts: Line, width: number): Line {
  if (lineWidth(parts) <= width) return parts;
  if (width <= 0) return BLANK;
  const kept: Span[] = [];
  let room = width - 1;
  for (const { text, tone } of parts) {
    const cells = Array.from(text);
    const part = cells.slice(0, room).join('');
    if (part !== '') kept.push({ text: part, tone });
    room -= cells.length;
    if (room <= 0) break;
  }
  return [...kept, span('…', 'muted')];
}

/** Fills a line up to `width` cells. */
export const padded = (parts: Line, width: number): Line => {
  const missing = width - lineWidth(parts);
  return missing > 0 ? [...parts, span(' '.repeat(missing))] : parts;
};

type Word = { readonly text: string; readonly tone: Tone };

const wordsOf = (parts: Line): readonly Word[] =>
  parts.flatMap(({ text, tone }) => (text.match(/\s+|\S+/g) ?? []).map((word) => ({ text: word, tone })));

/** Breaks a line between words so that no row is wider than `width`; further rows begin with `indent` spaces. */
export function wrap(parts: Line, width: number, indent = 0): readonly Line[] {
  if (lineWidth(parts) <= width || width <= indent + 1) return [parts];
  const rows: Span[][] = [];
  let row: Span[] = [];
  let used = 0;
  const breakRow = (): void => {
    rows.push(row);
    row = indent === 0 ? [] : [span(' '.repeat(indent))];
    used = indent;
  };
  for (const { text, tone } of wordsOf(parts)) {
    let rest = text;
    const fresh = rows.length > 0 && used === indent;
    if (fresh && rest.trim() === '') continue;
    if (used + widthOf(rest) > width && !fresh && used > 0) {
      breakRow();
      if (rest.trim() === '') continue;
    }
    // A word longer than a row is broken where the row ends.
    while (used + widthOf(rest) > width) {
      const cells = Array.from(rest);
      row.push(span(cells.slice(0, width - used).join(''), tone));
      rest = cells.slice(width - used).join('');
      breakRow();
    }
    row.push(span(rest, tone));
    used += widthOf(rest);
  }
  if (used > indent || rows.length === 0) rows.push(row);
  return rows;
}

// Only the sixteen colours that every terminal has; its owner chose how they look.
const SGR: Readonly<Record<Tone, string>> = {
  plain: '',
  strong: '1',
  muted: '2',
  up: '36',
  down: '91',
  warn: '33',
  danger: '1;31',
  sim: '1;35',
  accent: '96',
};

/** The line for a terminal with colours. */
export const ansi = (parts: Line): string =>
  parts.map(({ text, tone }) => (SGR[tone] === '' ? text : `\u001b[${SGR[tone]}m${text}\u001b[0m`)).join('');
