import { BLANK, type Line, lineWidth, padded, type Span, span } from './line.ts';

export type Column<Row> = {
  readonly title: string;
  readonly cell: (row: Row) => string | Span;
  readonly align?: 'left' | 'right';
};

const cellOf = <Row>(column: Column<Row>, row: Row): Span => {
  const cell = column.cell(row);
  return typeof cell === 'string' ? span(cell) : cell;
};

/** Rows under their titles, each column as wide as its widest cell. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], indent = 2): readonly Line[] {
  const cells = rows.map((row) => columns.map((column) => cellOf(column, row)));
  const widths = columns.map((column, index) =>
    Math.max(lineWidth([span(column.title)]), ...cells.map((row) => lineWidth([row[index] ?? span('')]))),
  );
  const place = (spans: readonly Span[]): Line => {
    const placed = spans.flatMap((one, index): Span[] => {
      const width = widths[index] ?? 0;
      const gap = span(index === 0 ? ' '.repeat(indent) : '  ');
      const missing = span(' '.repeat(width - lineWidth([one])));
      return columns[index]?.align === 'right' ? [gap, missing, one] : [gap, one, missing];
    });
    // No blanks at the end of a row.
    const last = placed.at(-1);
    return last !== undefined && last.text.trim() === '' ? placed.slice(0, -1) : placed;
  };
  return [place(columns.map(({ title }) => span(title, 'muted'))), ...cells.map(place)];
}

/** `label  value` rows with the values under each other, behind labels at least `least` wide. */
export function pairs(rows: readonly (readonly [label: string, value: Line])[], least = 0): readonly Line[] {
  const width = Math.max(least, ...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => [span('  '), ...padded([span(label, 'muted')], width + 2), ...value]);
}

/** A heading with an optional remark, and a blank row above it. */
export const heading = (title: string, ...remark: readonly Span[]): readonly Line[] => [
  BLANK,
  [span(title, 'strong'), ...(remark.length === 0 ? [] : [span('  '), ...remark])],
];
