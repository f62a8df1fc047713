import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { currentCall } from './call-context.ts';
import type { RateBudget } from './rate-budget.ts';

/** The largest body that a venue has a reason to send: all its markets at once are a few ten million bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

type FetchParams = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
};

/** What ccxt reads of an answer. */
type FetchAnswer = {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string>>;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
};

export type HttpTransport = {
  readonly fetch: (url: string, params: FetchParams) => Promise<FetchAnswer>;
  close(): void;
};

export type HttpTransportOptions = {
  readonly budget: RateBudget;
  /** Where a request goes instead of its own address: the venue's local stand-in. Path and query stay. */
  readonly redirectTo?: URL;
  /** Wall time in ms, for a Retry-After that is a date. */
  readonly now: () => number;
};

function inflated(answer: IncomingMessage): Readable {
  const encoding = answer.headers['content-encoding'];
  if (encoding === 'gzip' || encoding === 'x-gzip') return answer.pipe(createGunzip());
  if (encoding === 'br') return answer.pipe(createBrotliDecompress());
  if (encoding === 'deflate') return answer.pipe(createInflate());
  return answer;
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of inflated(answer)) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > MOST_BYTES) {
      answer.destroy();
      throw new TypeError(`the answer is larger than ${MOST_BYTES} bytes`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** The answer in the shape of a fetch answer, which ccxt reads. */
function answerOf(answer: IncomingMessage, bytes: Buffer): FetchAnswer {
  return {
    status: answer.statusCode ?? 0,
    statusText: answer.statusMessage ?? '',
    headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
    text: () => Promise.resolve(bytes.toString('utf8')),
    arrayBuffer: () => Promise.resolve(new Uint8Array(bytes).buffer),
  };
}

/** Seconds, or a date, as Retry-After has it. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,7}$/.test(header.trim())) return Number(header.trim()) * 1000;
  const date = Date.parse(header);
  return Number.isFinite(date) ? Math.max(0, date - now) : undefined;
}

/**
 * The network below ccxt. It keeps connections open between orders, follows no redirect, bounds time and size of the whole answer (ccxt's own
 * time-out ends with the headers), notes whether a request may have left, and tells the rate budget of 429 and 418.
 */
export function createHttpTransport({ budget, redirectTo, now }: HttpTransportOptions): HttpTransport {
  const agents = {
    http: new HttpAgent({ keepAlive: true, maxSockets: 64 }),
    https: new HttpsAgent({ keepAlive: true, maxSockets: 64 }),
  };

  const target = (url: string): URL => {
    const asked = new URL(url);
    if (redirectTo === undefined) return asked;
    return new URL(`${asked.pathname}${asked.search}`, redirectTo);
  };

  return {
    fetch(url, { method, headers, body, signal }) {
      const call = currentCall();
      const where = target(url);
      const secure = where.protocol === 'https:';
      return new Promise((resolve, reject) => {
        const send = secure ? requestHttps : requestHttp;
        const request = send(where, {
          method,
          headers: {
            'Accept-Encoding': 'gzip, deflate, br',
            ...headers,
            ...call?.headers,
            ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
          },
          agent: secure ? agents.https : agents.http,
          ...(signal === undefined ? {} : { signal }),
        });
        // From here on a connection may carry it at any moment.
        if (call !== undefined) call.sent = true;
        request.once('error', (error) => reject(networkError(error)));
        request.once('response', (answer) => {
          const status = answer.statusCode ?? 0;
          if (status === 429 || status === 418)
            budget.penalise(status, retryAfterMs(answer.headers['retry-after'], now()));
          else if (status < 400) budget.relax();
          if (status >= 300 && status < 400) {
            answer.resume();
            reject(new TypeError(`a redirect (HTTP ${status}) was not followed`));
            return;
          }
          bodyOf(answer)
            .then((bytes) => {
              if (call !== undefined) call.response = { status, body: bytes.toString('utf8') };
              return resolve(answerOf(answer, bytes));
            })
            .catch((error: unknown) => reject(networkError(error)));
        });
        request.end(body);
      });
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

/** ccxt takes a TypeError for a failed network and an AbortError for its time-out; everything else it would pass on as it is. */
function networkError(error: unknown): Error {
  if (!(error instanceof Error)) return new TypeError(String(error));
  if (error.name === 'AbortError') return error;
  return error instanceof TypeError ? error : new TypeError('fetch failed', { cause: error });
}
