import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { contentSecurityPolicy } from '#host/page-files.ts';
import { createTokens } from '#host/socket-host.ts';
import { startWebServer, type WebServer } from '#host/web-server.ts';
import { createClient } from '#shared/transport/client.ts';
import { serveContract } from '#shared/transport/host.ts';
import { createSocketPort } from '#shared/transport/socket-port.ts';
import { createToyHandlers, toy } from './toy-contract.ts';

const SECRET = 'outside-the-page';
const tokens = createTokens();
let folder: string;
let server: WebServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mt-page-'));
  const page = join(folder, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), SECRET);
  writeFileSync(join(folder, 'secret.html'), SECRET);
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(page, 'assets', 'app.js'), 'export {};');
  writeFileSync(join(page, 'assets', 'app.js.map'), SECRET);
  writeFileSync(join(page, '.env'), SECRET);
  symlinkSync(join(folder, 'secret.html'), join(page, 'link.html'));
  symlinkSync(folder, join(page, 'up'));
  server = await startWebServer({
    directory: page,
    tokens,
    serve: (port, scope) => serveContract({ contract: toy, handlers: createToyHandlers(), port, scope }),
  });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

/** A request with its path and headers exactly as written: fetch would tidy them up. */
const ask = (
  path: string,
  more: { method?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = { Host: `127.0.0.1:${server.port}`, ...more.headers };
    const asked = request(
      { host: '127.0.0.1', port: server.port, path, method: more.method ?? 'GET', headers, agent: false },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          body += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    asked.on('error', reject);
    asked.end();
  });

/** Bytes as they are, for what no client library would send; the first line of the answer. */
const rawAsk = (requestLine: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (part) => {
      answer += part.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.write(`${requestLine}\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`);
  });

/** Tries to serve a folder that is no page. */
const serveFrom = (directory: string): Promise<WebServer> =>
  startWebServer({ directory, tokens, serve: () => () => undefined });

describe('the page for a local browser', () => {
  test('is served with exactly the headers it must have', async () => {
    const { status, headers, body } = await ask('/');
    const { date: _date, ...fixed } = headers;
    expect([status, body]).toStrictEqual([200, '<!doctype html><title>page</title>']);
    expect(fixed).toStrictEqual({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-elem 'self' 'unsafe-inline'; style-src-attr 'none'; " +
        `img-src 'self' data:; font-src 'self'; connect-src 'self' ws://127.0.0.1:${server.port}; base-uri 'none'; form-action 'none'; ` +
        "frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-length': '34',
      connection: 'close',
    });
    expect((await ask('/index.html')).body).toBe(body);
  });

  test('gives the window the same policy without a socket', () => {
    expect(contentSecurityPolicy()).toContain("connect-src 'self';");
  });

  test('names the type of its parts, and answers HEAD without a body', async () => {
    const script = await ask('/assets/app.js');
    expect([script.status, script.body, script.headers['content-type']]).toStrictEqual([
      200,
      'export {};',
      'text/javascript; charset=utf-8',
    ]);
    const head = await ask('/', { method: 'HEAD' });
    expect([head.status, head.body, head.headers['content-length']]).toStrictEqual([200, '', '34']);
  });

  const TRAVERSALS = [
    '/../secret.txt',
    '/../secret.html',
    '/..%2fsecret.html',
    '/..%2Fsecret.html',
    '/%2e%2e/secret.html',
    '/%2e%2e%2fsecret.html',
    '/..%5csecret.html',
    '/..\\secret.html',
    '/..%252fsecret.html',
    '/..%c0%afsecret.html',
    '/assets/../../secret.html',
    '/assets/../index.html',
    '/./index.html',
    '/index.html/',
    '/index.html%00',
    '/index.html%00.js',
    '/index.html?x=1',
    '/?token=x',
    '//index.html',
    '//etc/passwd',
    '///etc/passwd',
    '/etc/passwd',
    '/c:/windows/win.ini',
    '/\\\\host\\share',
    '/%5c%5chost%5cshare',
    '/INDEX.HTML',
    '/index.html.',
    '/index.html::$DATA',
    '/assets',
    '/assets/',
    '/assets/app.js.map',
    '/.env',
    '/link.html',
    '/up/secret.html',
    '/__proto__',
    '/constructor',
    '/contract',
    `/${'a/'.repeat(2_000)}`,
    `/${'../'.repeat(1_000)}etc/passwd`,
  ];

  test.each(TRAVERSALS.map((path) => [path.slice(0, 60), path] as const))(
    'has nothing under %s',
    async (_shown, path) => {
      const answer = await ask(path);
      expect(answer.status).toBe(404);
      expect(answer.body).toBe('there is no such page\n');
    },
  );

  test('has nothing under generated climbs either', async () => {
    const ups = ['..', '%2e%2e', '.%2e', '%2e.', '%252e%252e', '..;', '...'];
    const cuts = ['/', '%2f', '%5c', '\\', '//', '/./', '%252f'];
    const paths = ups.flatMap((up) =>
      cuts.flatMap((cut) => [1, 2, 5].map((n) => `/${`${up}${cut}`.repeat(n)}secret.html`)),
    );
    const statuses = new Set<number>();
    for (const path of paths) {
      const { status, body } = await ask(path);
      statuses.add(status);
      expect(body).not.toContain(SECRET);
    }
    expect([paths.length, [...statuses]]).toStrictEqual([147, [404]]);
  });

  test('refuses an address that is no path, and bytes that are no request', async () => {
    expect(await rawAsk('GET http://evil.example/ HTTP/1.1')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await rawAsk(`GET http://127.0.0.1:${server.port}/index.html HTTP/1.1`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await rawAsk('GET index.html HTTP/1.1')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await rawAsk('GET /index.html\u0000 HTTP/1.1')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await rawAsk(`GET /${'a'.repeat(20_000)} HTTP/1.1`)).toMatch(/^HTTP\/1\.1 431 /);
    expect(await rawAsk('CONNECT 127.0.0.1:22 HTTP/1.1')).toBe('');
    expect((await ask('/')).status).toBe(200);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'does not know the method %s',
    async (method) => {
      const { status, headers } = await ask('/', { method });
      expect([status, headers.allow]).toStrictEqual([405, 'GET, HEAD']);
    },
  );

  test('is not served to a name that was re-bound to this machine', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${server.port}`,
      `localhost:${server.port}`,
      '127.0.0.1',
      `127.0.0.1:${server.port}0`,
    ]) {
      const answer = await ask('/', { headers: { Host: host } });
      expect([host, answer.status, answer.body]).toStrictEqual([
        host,
        421,
        `this page lives at http://127.0.0.1:${server.port}/\n`,
      ]);
    }
  });

  test('carries the token in the fragment only', () => {
    const url = new URL(server.urlWith(tokens.trade));
    expect([url.hostname, url.pathname, url.search, url.hash]).toStrictEqual([
      '127.0.0.1',
      '/',
      '',
      `#token=${tokens.trade}`,
    ]);
  });

  test('may open the socket; a page of any other origin may not', async () => {
    const address = `ws://127.0.0.1:${server.port}/contract`;
    const socket = new WebSocket(address, { origin: `http://127.0.0.1:${server.port}` });
    const client = createClient(toy, createSocketPort(socket, tokens.trade));
    expect(await client.invoke('act.trade', {})).toStrictEqual({ done: true });
    client.close();
    const origins = [
      'http://evil.example',
      `http://127.0.0.1:${server.port}0`,
      `http://127.0.0.1:${server.port}.evil.example`,
      'null',
    ];
    for (const origin of [...origins, `http://localhost:${server.port}`, `https://127.0.0.1:${server.port}`]) {
      const stranger = new WebSocket(address, { origin });
      const refusal = await new Promise<string>((resolve) => stranger.once('error', (error) => resolve(error.message)));
      expect([origin, refusal]).toStrictEqual([origin, 'Unexpected server response: 403']);
    }
  });

  test('says what to do when the page was never built', async () => {
    await expect(serveFrom(join(folder, 'nowhere'))).rejects.toMatchObject({
      name: 'Fault',
      code: 'not_found',
      remedy: 'build it: npm run build',
    });
    await expect(serveFrom(join(folder, 'page', 'assets'))).rejects.toMatchObject({ name: 'Fault', code: 'not_found' });
  });
});
