export type CsvCell = string | number | undefined;

/** A number written out, with an ASCII minus; a spreadsheet takes it for nothing else. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * One line of CSV (RFC 4180). Text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a return) gets an
 * apostrophe before it; numbers are numbers and stay as they are.
 */
export const csvLine = (cells: readonly CsvCell[]): string => cells.map(cellText).join(',');

function cellText(cell: CsvCell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number' || NUMBER.test(cell)) return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** A file of lines below a head, ended by a line feed. */
export const csvFile = (head: readonly string[], rows: readonly string[]): string =>
  `${[csvLine(head), ...rows].join('\n')}\n`;
