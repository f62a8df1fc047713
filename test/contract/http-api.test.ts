import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTokens, type LoopbackServer, startSocketHost } from '#host/socket-host.ts';
import { startWebServer } from '#host/web-server.ts';
import { asyncApi, openApi } from '#shared/api/describe-api.ts';
import { appContract } from '#shared/contract/app-contract.ts';
import { contractHash } from '#shared/transport/contract-hash.ts';
import { serveContract } from '#shared/transport/host.ts';
import { createScriptedEngine } from '../renderer/support/scripted-engine.ts';
import { tempFolder } from '../support/temp-folder.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../resources/examples/follow.mjs');
const engine = createScriptedEngine();
const tokens = createTokens();
const folder = tempFolder('mt-http-api');
let server: LoopbackServer;

beforeAll(async () => {
  server = await startSocketHost({
    tokens,
    limits: { maxFailures: 100, messageBurst: 100_000, messagesPerSecond: 100_000 },
    serve: (port, scope) =>
      serveContract({ contract: appContract, handlers: engine.handlers, events: engine.events, port, scope }),
  });
  mkdirSync(join(folder.path, 'run'));
  const info = { port: server.port, viewToken: tokens.view, tradeToken: tokens.trade };
  writeFileSync(join(folder.path, 'run/engine.json'), JSON.stringify(info));
  writeFileSync(join(folder.path, 'openapi.json'), JSON.stringify(openApi(appContract, '1.0.0')));
  writeFileSync(join(folder.path, 'asyncapi.json'), JSON.stringify(asyncApi(appContract, '1.0.0')));
});
afterAll(async () => {
  await server.close();
  folder.remove();
});

type Asked = {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
};
const post = (path: string, { method = 'POST', token = tokens.view, headers = {}, body = '{}' }: Asked = {}) =>
  new Promise<{ readonly status: number; readonly body: { readonly error?: { readonly code: string } } }>(
    (done, failed) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: server.port,
          path,
          method,
          headers: { authorization: `Bearer ${token}`, ...headers },
        },
        (response) => {
          let text = '';
          response.on('data', (part: Buffer) => (text += part.toString()));
          response.on('end', () =>
            done({ status: response.statusCode ?? 0, body: text === '' ? {} : JSON.parse(text) }),
          );
        },
      );
      sent.on('error', failed);
      sent.end(method === 'GET' ? undefined : body);
    },
  );

describe('calls over HTTP', () => {
  it('are answered as over every other transport, by the scope of the token', async () => {
    const answer = await post('/api/engine.status');
    expect(answer.status).toBe(200);
    expect(appContract['engine.status'].output.safeParse(answer.body).success).toBe(true);
    expect(await post('/api/engine.resume', { body: '{"reason":"x"}' })).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden' } },
    });
    expect(await post('/api/engine.resume', { body: '{}', token: tokens.trade })).toMatchObject({ status: 400 });
  });

  it.each([
    ['no such call', '/api/engine.nothing', {}, 404],
    ['a name of every object', '/api/constructor', {}, 404],
    ['an event', '/api/engine.changed', {}, 404],
    ['another path', '/engine.status', {}, 404],
    ['no token', '/api/engine.status', { token: '' }, 401],
    ['a wrong token', '/api/engine.status', { token: 'a'.repeat(64) }, 401],
    ['a page of the web', '/api/engine.status', { headers: { origin: 'https://example.com' } }, 403],
    ['a page of this machine', '/api/engine.status', { headers: { origin: 'http://127.0.0.1' } }, 403],
    ['a name that was bound to this machine', '/api/engine.status', { headers: { host: 'evil.example' } }, 421],
    ['another verb', '/api/engine.status', { method: 'GET' }, 405],
    ['no JSON', '/api/engine.status', { body: '{' }, 400],
    ['a field too many', '/api/engine.status', { body: '{"x":1}' }, 400],
    ['too much', '/api/engine.status', { body: JSON.stringify({ x: 'x'.repeat(70_000) }) }, 413],
  ] as const)('refuse %s', async (_what, path, asked, status) => {
    expect((await post(path, asked)).status).toBe(status);
  });

  it('keep who guesses out for a while', async () => {
    const guarded = await startSocketHost({ tokens, serve: () => () => undefined });
    const guess = () =>
      fetch(`http://127.0.0.1:${guarded.port}/api/engine.status`, {
        method: 'POST',
        headers: { authorization: `Bearer ${'b'.repeat(64)}` },
      });
    const seen: number[] = [];
    for (let tries = 0; tries < 8; tries++) seen.push((await guess()).status);
    await guarded.close();
    expect(seen).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  });
});

describe('the description of the API', () => {
  const [calls, events] = (['call', 'event'] as const).map((wanted) =>
    Object.entries(appContract).flatMap(([name, { kind }]) => (kind === wanted ? [name] : [])),
  );

  it('names every call with its schemas and scope, and every event, and no more', () => {
    const described = openApi(appContract, '1.0.0') as {
      readonly paths: Record<string, { readonly post: Record<string, unknown> }>;
    };
    expect(Object.keys(described.paths).sort()).toEqual(calls?.map((name) => `/api/${name}`).sort());
    for (const [path, { post: operation }] of Object.entries(described.paths)) {
      const name = path.slice('/api/'.length) as keyof typeof appContract;
      expect(operation).toMatchObject({ operationId: name, 'x-scope': appContract[name].scope });
      expect(JSON.stringify(operation['responses'])).toContain('"schema"');
    }
    const heard = asyncApi(appContract, '1.0.0') as {
      readonly channels: { readonly contract: { readonly messages: object } };
      readonly info: object;
    };
    expect(Object.keys(heard.channels.contract.messages)).toEqual(['auth', 'up', 'down', ...(events ?? [])]);
    expect(heard.info).toMatchObject({ 'x-contract-hash': contractHash(appContract) });
  });

  const follow = (scope: string) =>
    new Promise<readonly unknown[]>((done, failed) => {
      // Nothing of ours is in its reach: another folder, and an environment with nothing in it.
      const child = spawn(process.execPath, [EXAMPLE, folder.path, folder.path, scope], { cwd: folder.path, env: {} });
      let [out, err] = ['', ''];
      child.stdout.on('data', (part: Buffer) => (out += part.toString()));
      child.stderr.on('data', (part: Buffer) => (err += part.toString()));
      child.on('exit', (code) =>
        code === 0
          ? done(
              out
                .trim()
                .split('\n')
                .map((line) => JSON.parse(line) as unknown),
            )
          : failed(new Error(err)),
      );
    });

  it('is enough for a program of somebody else: it reads, is refused with the view token, spawns and hears of it with the other', async () => {
    expect(await follow('view')).toEqual([
      { status: 200, tradingState: 'active' },
      { spawn: 403, code: 'forbidden' },
    ]);
    expect(await follow('trade')).toEqual([
      { status: 200, tradingState: 'active' },
      { spawn: 200, code: null },
      { event: 'engine.changed', agentsRunning: expect.any(Number) },
    ]);
  });
});

describe('the port of a page', () => {
  it('answers calls of programs as well, and none of a page', async () => {
    const page = tempFolder('mt-page');
    writeFileSync(join(page.path, 'index.html'), '<!doctype html>');
    const web = await startWebServer({
      directory: page.path,
      tokens,
      serve: (port, scope) =>
        serveContract({ contract: appContract, handlers: engine.handlers, events: engine.events, port, scope }),
    });
    try {
      const asked = (headers: Record<string, string>): Promise<Response> =>
        fetch(`http://127.0.0.1:${web.port}/api/engine.status`, { method: 'POST', headers, body: '{}' });
      const bearer = { authorization: `Bearer ${tokens.view}` };
      expect((await asked(bearer)).status).toBe(200);
      expect((await asked({})).status).toBe(401);
      expect((await asked({ ...bearer, origin: `http://127.0.0.1:${web.port}` })).status).toBe(403);
      expect(await (await fetch(`http://127.0.0.1:${web.port}/`)).text()).toContain('doctype');
    } finally {
      await web.close();
      page.remove();
    }
  });
});
