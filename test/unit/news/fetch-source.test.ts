import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FetchBounds, fetchSource } from '#adapters/feed-news/fetch-source.ts';

const FEED = '<rss version="2.0"><channel><title>é</title></channel></rss>';
const seen: IncomingMessage['headers'][] = [];
let server: Server;
let base: string;
let dripped = 0;

const ANSWERS: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  '/feed': (request, response) => {
    seen.push(request.headers);
    if (request.headers['if-none-match'] === '"v1"') return void response.writeHead(304).end();
    response.writeHead(200, { etag: '"v1"', 'last-modified': 'Mon, 01 Jan 2024 00:00:00 GMT' }).end(FEED);
  },
  '/latin1': (_request, response) =>
    void response.writeHead(200, { 'content-type': 'text/xml; charset=iso-8859-1' }).end(Buffer.from(FEED, 'latin1')),
  '/nonsense-charset': (_request, response) =>
    void response.writeHead(200, { 'content-type': 'text/xml; charset=x-nothing' }).end(FEED),
  '/gone': (_request, response) => void response.writeHead(410).end('no'),
  '/huge': (_request, response) => {
    response.writeHead(200);
    const more = (): void => {
      if (response.destroyed) return;
      response.write(Buffer.alloc(65_536, 97));
      setImmediate(more);
    };
    more();
  },
  '/drip': (_request, response) => {
    response.writeHead(200);
    const timer = setInterval(() => {
      dripped++;
      response.write('x');
    }, 20);
    response.on('close', () => clearInterval(timer));
  },
  '/silent': () => undefined,
  '/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('<rss>');
    setTimeout(() => response.destroy(), 20);
  },
  '/moved': (_request, response) => void response.writeHead(301, { location: '/feed' }).end(),
  '/circle': (_request, response) => void response.writeHead(302, { location: '/circle' }).end(),
  '/elsewhere': (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.2:9/keys' }).end(),
  '/file': (_request, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
};

beforeAll(async () => {
  server = createServer((request, response) => ANSWERS[request.url ?? '']?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const get = (path: string, bounds: FetchBounds = { bytes: 1_000_000, ms: 20_000 }, validators = {}) =>
  fetchSource(fetch, `${base}${path}`, validators, bounds);

describe('a source over the network', () => {
  it('is fetched whole, and afterwards only when it changed', async () => {
    const first = await get('/feed');
    expect(first).toMatchObject({
      kind: 'text',
      text: FEED,
      validators: { etag: '"v1"', lastModified: 'Mon, 01 Jan 2024 00:00:00 GMT' },
    });
    expect(await get('/feed', undefined, first.kind === 'text' ? first.validators : {})).toEqual({ kind: 'unchanged' });
    expect(seen.at(-1)).toMatchObject({
      'if-none-match': '"v1"',
      'if-modified-since': 'Mon, 01 Jan 2024 00:00:00 GMT',
    });
    expect(seen.at(-1)).not.toHaveProperty('cookie');
  });

  it('is read in the encoding that it names, and in UTF-8 when that is none', async () => {
    for (const path of ['/latin1', '/nonsense-charset'])
      expect(await get(path)).toMatchObject({ kind: 'text', text: FEED });
  });

  it.each([
    ['/gone', /status 410/],
    ['/circle', /more than 3 times/],
    ['/elsewhere', /another host, 127\.0\.0\.2/],
    ['/file', /no web address/],
    ['/cut', /cannot be reached/],
  ])('that answers as %s is a fault with its reason', async (path, why) => {
    const result = await get(path);
    expect(result.kind === 'fault' && result.why).toMatch(why);
  });

  it('that moved within its host is followed', async () => {
    expect(await get('/moved')).toMatchObject({ kind: 'text', text: FEED });
  });

  it('that never ends is left at the size that is read', async () => {
    expect(await get('/huge', { bytes: 300_000, ms: 20_000 })).toEqual({ kind: 'fault', why: 'more than 0.3 MB' });
  });

  it('that drips or says nothing is left when its time is over', async () => {
    for (const path of ['/drip', '/silent'])
      expect(await get(path, { bytes: 1_000, ms: 300 })).toEqual({
        kind: 'fault',
        why: 'no whole answer within 0.3 s',
      });
    expect(dripped).toBeGreaterThan(0);
  });

  it('that is not there is named', async () => {
    const result = await fetchSource(fetch, 'http://127.0.0.1:9/', {});
    expect(result).toEqual({ kind: 'fault', why: expect.stringMatching(/cannot be reached/) as string });
  });
});
