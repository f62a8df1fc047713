import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ModelServer = {
  readonly url: string;
  /** Replaces what is served from now on. */
  serve(content: Buffer, type?: string): void;
  /** First and last byte of each part that was asked for by a range. The look at the head of the file, which has none, is left out. */
  asked(): readonly (readonly [number, number])[];
  /** Sends nothing beyond so many bytes of the asked parts in all until it is raised. */
  hold(bytes: number): void;
  status(code: number): void;
  /** Cuts every connection that is open now, as a network does. */
  drop(): void;
  close(): Promise<void>;
};

const CHUNK = 64 * 1024;

/** A web server on loopback that serves one file with ranges, as a publisher of models does. */
export async function startModelServer(content: Buffer): Promise<ModelServer> {
  let [body, type, code] = [content, 'application/octet-stream', 200];
  let sent = 0;
  let limit = Number.POSITIVE_INFINITY;
  const asked: (readonly [number, number])[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (code !== 200) return void response.writeHead(code).end('no');
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const from = Number(range?.[1] ?? 0);
    const to = Math.min(range?.[2] ? Number(range[2]) : body.length - 1, body.length - 1);
    if (request.method === 'GET' && range !== null) asked.push([from, to]);
    const part = body.subarray(from, to + 1);
    response.writeHead(range === null ? 200 : 206, {
      'content-type': type,
      'content-length': part.length,
      'accept-ranges': 'bytes',
      ...(range === null ? {} : { 'content-range': `bytes ${from}-${to}/${body.length}` }),
    });
    if (request.method === 'HEAD') return void response.end();
    for (let at = 0; at < part.length && !response.destroyed; ) {
      if (range !== null && sent >= limit) {
        await new Promise((later) => setTimeout(later, 20));
        continue;
      }
      const chunk = part.subarray(at, at + CHUNK);
      at += chunk.length;
      // The look at the head ends when enough of it was seen, which is later on a busy machine: it must not use up what the parts may get.
      if (range !== null) sent += chunk.length;
      if (!response.write(chunk)) await new Promise((later) => setTimeout(later, 2));
    }
    response.end();
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/small-model.gguf`,
    serve(next, nextType = 'application/octet-stream') {
      [body, type] = [next, nextType];
    },
    asked: () => asked,
    hold(bytes) {
      limit = bytes;
    },
    status(next) {
      code = next;
    },
    drop: () => server.closeAllConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Bytes of a file that none of these requests asked for. */
export function neverAsked(asked: readonly (readonly [number, number])[], size: number): number {
  let [at, missed] = [0, 0];
  for (const [from, to] of asked.toSorted((a, b) => a[0] - b[0])) {
    missed += Math.max(0, from - at);
    at = Math.max(at, to + 1);
  }
  return missed + Math.max(0, size - at);
}
