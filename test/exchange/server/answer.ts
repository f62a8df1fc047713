import type { ServerResponse } from 'node:http';

/** What a route gives back: JSON unless `text` is set. */
export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The venue said no; kraken says it with status 200. */
  readonly refused?: boolean;
};

export const json = (body: unknown, status = 200): Answer => ({ status, body });

/** Writes an answer, unless the caller is already gone. */
export function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.writableEnded) return;
  const text = answer.text ?? JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    'content-type': answer.contentType ?? 'application/json;charset=UTF-8',
    'content-length': Buffer.byteLength(text),
    ...answer.headers,
  });
  response.end(text);
}

const PAGE = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>';

/** Answers that no client should take for one. */
export const nonsense = {
  html: (status: number): Answer => ({ status, text: PAGE, contentType: 'text/html' }),
  empty: (): Answer => ({ status: 200, text: '' }),
  /** Valid JSON of about 4 MB that says nothing. */
  huge: (): Answer => ({ status: 200, text: `[${'{"filler":"0123456789abcdef"},'.repeat(140_000)}{}]` }),
} as const;

/** The same shape with every leaf of another type: numbers become objects, text becomes numbers, lists become text. */
export function wrongTypes(value: unknown): unknown {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wrongTypes(inner)]));
  if (typeof value === 'string') return 7;
  return typeof value === 'number' ? { value: null } : null;
}
