import type { IncomingMessage } from 'node:http';

const MAX_BODY = 1_000_000;

export type VenueRequest = {
  readonly method: string;
  readonly path: string;
  /** Query string as it was sent: signatures are made over these bytes. */
  readonly query: string;
  readonly body: string;
  readonly header: (name: string) => string | undefined;
};

/** Reads a whole request; rejects when the client breaks off or sends too much. */
export async function readRequest(message: IncomingMessage): Promise<VenueRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > MAX_BODY) throw new Error('the request is too large');
    chunks.push(bytes);
  }
  const url = message.url ?? '/';
  const cut = url.indexOf('?');
  return {
    method: message.method ?? 'GET',
    path: cut < 0 ? url : url.slice(0, cut),
    query: cut < 0 ? '' : url.slice(cut + 1),
    body: Buffer.concat(chunks).toString('utf8'),
    header: (name) => {
      const value = message.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
  };
}
