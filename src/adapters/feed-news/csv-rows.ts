/** Rows of a CSV text, quotes taken off (RFC 4180, either line end). `broken` when a quote was never closed. */
export type CsvRows = {
  readonly rows: readonly (readonly string[])[];
  readonly cut: boolean;
  readonly broken: boolean;
};

/** Reads at most `most` rows; fields are cut at `longest` characters. Never throws. */
export function csvRows(text: string, most: number, longest: number): CsvRows {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.charCodeAt(0) === 0xfe_ff ? 1 : 0;
  while (at < text.length) {
    if (rows.length >= most) return { rows, cut: true, broken: false };
    const field = text[at] === '"' ? quoted(text, at + 1) : plain(text, at);
    row.push(field.text.slice(0, longest));
    if (field.next < 0) return { rows: [...rows, row], cut: false, broken: true };
    const after = text[field.next];
    at = field.next + (after === '\r' && text[field.next + 1] === '\n' ? 2 : 1);
    if (after === ',') {
      if (at >= text.length) row.push('');
      continue;
    }
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return { rows, cut: false, broken: false };
}

type Field = { readonly text: string; readonly next: number };

function quoted(text: string, from: number): Field {
  let value = '';
  for (let at = from; ; ) {
    const close = text.indexOf('"', at);
    if (close < 0) return { text: value + text.slice(at), next: -1 };
    value += text.slice(at, close);
    if (text[close + 1] !== '"') {
      // What follows a closing quote up to the separator belongs to a broken writer; it is kept.
      const rest = plain(text, close + 1);
      return { text: value + rest.text, next: rest.next };
    }
    value += '"';
    at = close + 2;
  }
}

function plain(text: string, from: number): Field {
  let at = from;
  while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at++;
  return { text: text.slice(from, at), next: at };
}
