import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { checkedBaseUrl, createRemoteInference } from '#adapters/inference-remote/remote-inference.ts';
import { assess } from '#core/analyst/assess.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { smallQuestion } from '../../support/llama.ts';
import { openModelsHome } from '../../support/models.ts';
import { idOf, RISING } from '../analyst/model-context.ts';

type Answering = (response: ServerResponse, body: string, request: IncomingMessage) => void;
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function remote(answering: Answering, more: { key?: string; offline?: boolean } = {}) {
  let asked = 0;
  server = createServer((request, response) => {
    asked += 1;
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => answering(response, body, request));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const inference = createRemoteInference({
    baseUrl: `http://127.0.0.1:${port}/v1/`,
    model: 'small',
    key: () => more.key,
    offline: () => more.offline === true,
  });
  return { inference, port, asked: () => asked };
}

const completes =
  (content: string): Answering =>
  (response) =>
    void response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }], usage: { completion_tokens: 9 } }));

describe('the remote model of a data folder', () => {
  it('is off until it is set, goes with its key, steps back behind a local choice and is taken away again', async () => {
    const keys: (string | undefined)[] = [];
    const { port } = await remote((response, body, request) => {
      keys.push(request.headers.authorization);
      completes('{}')(response, body, request);
    });
    const home = openModelsHome();
    try {
      expect(await home.models.choose(undefined)).toBeUndefined();
      const baseUrl = `http://127.0.0.1:${port}/v1`;
      expect(home.models.manager.setRemote({ baseUrl, model: 'small', key: 'mine' }).remote).toMatchObject({ baseUrl });
      expect(home.models.describe()).toEqual({ kind: 'model', label: `remote small at 127.0.0.1:${port}` });
      const chosen = await home.models.choose(undefined);
      expect((await chosen?.inference.ask(smallQuestion(), 10_000))?.kind).toBe('answer');
      expect(keys).toEqual(['Bearer key of mine']);
      const offline = await home.reopen({ offline: () => true });
      expect((await (await offline.choose(undefined))?.inference.ask(smallQuestion(), 10_000))?.kind).toBe('failed');
      expect(offline.describe().kind).toBe('rules');
      expect(keys).toHaveLength(1);
      offline.manager.setRemote(null);
      expect(await offline.choose(undefined)).toBeUndefined();
      const away = { baseUrl: 'http://models.example.org', model: 'small', key: null };
      expect(() => offline.manager.setRemote(away)).toThrow(/https/);
    } finally {
      await home.dispose();
    }
  });
});

describe('a remote model', () => {
  it('is asked with schema, seed and limit, and with the key of the master', async () => {
    let seen: { body: unknown; url: string | undefined; key: string | undefined } | undefined;
    const { inference } = await remote(
      (response, body, { url, headers }) => {
        seen = { body: JSON.parse(body), url, key: headers.authorization };
        completes('{"label":"wet"}')(response, body, {} as IncomingMessage);
      },
      { key: 'word' },
    );
    const reply = await inference.ask(smallQuestion({ seed: 5 }), 10_000);
    expect(reply).toEqual({ kind: 'answer', text: '{"label":"wet"}', tokens: 9, elapsedMs: expect.any(Number) });
    expect(seen).toMatchObject({
      url: '/v1/chat/completions',
      key: 'Bearer word',
      body: {
        model: 'small',
        seed: 5,
        max_tokens: 120,
        response_format: { type: 'json_schema', json_schema: { schema: smallQuestion().schema } },
      },
    });
    expect(JSON.stringify(inference.status())).not.toContain('word');
  });

  it('is labelled remote in the provenance of what it judges', async () => {
    const text = JSON.stringify({
      regime: 'trending_up',
      bias: 'long',
      confidence: '0.4',
      evidence: [idOf('drift168')],
    });
    const { inference, port } = await remote(completes(text));
    const prompt = { id: 'analyst-system', version: 1, text: 'Label the market.', hash: sha256('prompt') };
    const { source, provenance } = await assess({
      context: RISING,
      judgeByRules,
      model: { inference, prompt, deadlineMs: 10_000 },
      seed: 1,
      digest: sha256,
    });
    expect(source).toBe('model');
    expect(provenance).toMatchObject({
      modelName: `remote small at 127.0.0.1:${port}`,
      build: 'remote, OpenAI-compatible, weights and build unknown',
    });
  });

  it('is never asked while the program is offline', async () => {
    const { inference, asked } = await remote(completes('{}'), { offline: true });
    const why = 'the program is offline, and a remote model is not asked';
    expect(await inference.ask(smallQuestion(), 10_000)).toEqual({ kind: 'failed', why });
    expect(inference.status()).toMatchObject({ kind: 'failed', why });
    expect(asked()).toBe(0);
  });

  it.each<[string, Answering, string]>([
    ['a page', (response) => void response.end('<html>log in</html>'), 'no completion'],
    ['an error', (response) => void response.writeHead(500).end('{"choices":[]}'), 'answered 500'],
    ['another JSON', (response) => void response.end('{"choices":[{"text":"x"}]}'), 'no completion'],
    ['no choices', (response) => void response.end('{"choices":[]}'), 'no completion'],
    [
      'far too much',
      (response) => {
        const pour = (): void => {
          while (!response.destroyed && response.write('x'.repeat(100_000)));
          if (!response.destroyed) response.once('drain', pour);
        };
        pour();
      },
      'more than 256 KB',
    ],
    [
      'a little more than an answer may have',
      (response) =>
        void response.end(JSON.stringify({ choices: [{ message: { content: '{}' } }] }) + ' '.repeat(270_000)),
      'more than 256 KB',
    ],
    [
      'a redirect',
      (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'cannot be reached',
    ],
    ['a closed door', (response) => void response.destroy(), 'cannot be reached'],
  ])('that sends %s fails with the reason', async (_what, answering, why) => {
    const { inference } = await remote(answering);
    expect(await inference.ask(smallQuestion(), 10_000)).toEqual({ kind: 'failed', why: expect.stringContaining(why) });
  });

  it('that drips is late, and one that is withdrawn is let go', async () => {
    const drip: Answering = (response) => {
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    };
    const { inference } = await remote(drip);
    expect(await inference.ask(smallQuestion(), 150)).toEqual({ kind: 'late', why: 'no answer within 150 ms' });
    const control = new AbortController();
    const asking = inference.ask(smallQuestion(), 10_000, { cancel: control.signal });
    control.abort();
    expect(await asking).toEqual({ kind: 'failed', why: 'the question was withdrawn' });
    const pending = inference.ask(smallQuestion(), 10_000);
    await inference.dispose();
    expect(await pending).toEqual({ kind: 'failed', why: 'the model was shut down' });
  });

  it.each([
    'http://models.example.org/v1',
    'ftp://127.0.0.1/',
    'https://a:b@models.example.org/v1',
    'nowhere',
    'https://a.org/?k=1',
  ])('is not taken at %s', (url) => {
    expect(() => checkedBaseUrl(url)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
