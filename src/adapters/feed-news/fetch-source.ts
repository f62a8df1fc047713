/** The part of `fetch` that is used; injected, so that whoever may not use the network cannot. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/** What a source said about its newest version, for asking only for what changed. */
export type Validators = { readonly etag?: string; readonly lastModified?: string };

export type FetchedSource =
  | { readonly kind: 'text'; readonly text: string; readonly validators: Validators; readonly bytes: number }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'fault'; readonly why: string };

export type FetchBounds = { readonly bytes: number; readonly ms: number };

/** A feed of headlines has some hundred kilobytes; whatever drips slower than this is not waited for. */
export const FETCH_BOUNDS: FetchBounds = { bytes: 5_000_000, ms: 20_000 };

const MOST_REDIRECTS = 3;
const LONGEST_VALIDATOR = 300;
const ACCEPTED =
  'application/rss+xml, application/atom+xml, application/feed+json, application/json;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/csv;q=0.7';

const fault = (why: string): FetchedSource => ({ kind: 'fault', why });

/**
 * Fetches one source, whole or not at all: within a size and one span of time for everything, redirected only within its own host (who
 * follows a source has not agreed to another). Sends nothing but the address. Never throws for what the source does.
 */
export async function fetchSource(
  fetchLike: FetchLike,
  address: string,
  validators: Validators,
  bounds: FetchBounds = FETCH_BOUNDS,
): Promise<FetchedSource> {
  const signal = AbortSignal.timeout(bounds.ms);
  try {
    let url = new URL(address);
    const { hostname } = url;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const response = await fetchLike(url.href, {
        signal,
        redirect: 'manual',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        headers: {
          accept: ACCEPTED,
          ...(validators.etag === undefined ? {} : { 'if-none-match': validators.etag }),
          ...(validators.lastModified === undefined ? {} : { 'if-modified-since': validators.lastModified }),
        },
      });
      const moved = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
      if (response.status === 304) return { kind: 'unchanged' };
      if (moved === null) return await readAnswer(response, bounds);
      await response.body?.cancel();
      const next = URL.canParse(moved, url.href) ? new URL(moved, url.href) : undefined;
      if (next === undefined || !/^https?:$/.test(next.protocol)) return fault('it redirects to no web address');
      if (next.hostname !== hostname)
        return fault(`it redirects to another host, ${next.hostname.slice(0, 100)}: add that address if you trust it`);
      if (url.protocol === 'https:' && next.protocol === 'http:')
        return fault('it redirects to an unprotected address');
      url = next;
    }
    return fault(`it redirects more than ${MOST_REDIRECTS} times`);
  } catch (error) {
    if (signal.aborted) return fault(`no whole answer within ${bounds.ms / 1000} s`);
    return fault(reasonOf(error));
  }
}

async function readAnswer(response: Response, bounds: FetchBounds): Promise<FetchedSource> {
  if (!response.ok) {
    await response.body?.cancel();
    return fault(`it answers with status ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the body, so that the rest is never received.
    if (bytes > bounds.bytes) return fault(`more than ${bounds.bytes / 1_000_000} MB`);
    chunks.push(chunk);
  }
  const text = decode(Buffer.concat(chunks), response.headers.get('content-type') ?? '');
  const etag = validator(response.headers.get('etag'));
  const lastModified = validator(response.headers.get('last-modified'));
  return {
    kind: 'text',
    text,
    bytes,
    validators: {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    },
  };
}

/** In the encoding that the answer or the XML names; UTF-8 when that is none that is known. */
function decode(bytes: Buffer, contentType: string): string {
  const named =
    /charset\s*=\s*"?([\w-]{2,20})/i.exec(contentType)?.[1] ??
    /^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w-]{2,20})/i.exec(bytes.subarray(0, 200).toString('latin1'))?.[1];
  try {
    return new TextDecoder(named ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder('utf-8').decode(bytes);
  }
}

const validator = (value: string | null): string | undefined =>
  value === null || value.length > LONGEST_VALIDATOR || !/^[\x20-\x7e]+$/.test(value) ? undefined : value;

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  return code === undefined ? 'it cannot be reached' : `it cannot be reached (${code})`;
}
