import { escapeHtml } from '#core/report/escape.ts';
import { STYLE } from '#core/report/style.ts';

/* Pieces of which the pages of the lab are made. */

/** Nothing may be loaded or run: the page is one file of text. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The beginning of a page, as far as its main part. */
export const headOf = (title: string): readonly string[] => [
  '<!doctype html><html lang="en"><head><meta charset="utf-8">',
  `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
  '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
  `<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>`,
];

export const cell = (text: string, number = false): string =>
  `<td${number ? ' class="num"' : ''}>${escapeHtml(text)}</td>`;

/** Titles that begin with `#` stand over numbers. */
export function table(head: readonly string[], rows: readonly string[]): string {
  const cells = head
    .map((title) =>
      title.startsWith('#')
        ? `<th scope="col" class="num">${escapeHtml(title.slice(1))}</th>`
        : `<th scope="col">${escapeHtml(title)}</th>`,
    )
    .join('');
  return `<div class="wide"><table><thead><tr>${cells}</tr></thead><tbody>${rows.map((row) => `<tr>${row}</tr>`).join('\n')}</tbody></table></div>`;
}

export const section = (title: string, body: string): string =>
  `<section><h2>${escapeHtml(title)}</h2>${body}</section>`;
