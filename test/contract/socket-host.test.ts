import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  CLOSE_TOO_FAST,
  createTokens,
  type EngineTokens,
  type SocketLimits,
  startSocketHost,
} from '#host/socket-host.ts';
import { createClient } from '#shared/transport/client.ts';
import { contractHash } from '#shared/transport/contract-hash.ts';
import { serveContract } from '#shared/transport/host.ts';
import { CLOSE_UNAUTHENTICATED, createSocketPort } from '#shared/transport/socket-port.ts';
import { createToyHandlers, toy } from './toy-contract.ts';

const undos: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of undos.splice(0).toReversed()) await undo();
});

const open = async (limits: Partial<SocketLimits> = {}) => {
  const tokens = createTokens();
  const reached: string[] = [];
  let live = 0;
  const server = await startSocketHost({
    tokens,
    limits,
    serve: (port, scope) => {
      live += 1;
      const stop = serveContract({ contract: toy, handlers: createToyHandlers(reached), port, scope });
      return () => {
        live -= 1;
        stop();
      };
    },
  });
  undos.push(() => server.close());
  return { port: server.port, tokens, reached, live: () => live };
};

const dial = (port: number, headers: Readonly<Record<string, string>> = {}, path = '/contract'): WebSocket => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  socket.on('error', () => undefined);
  undos.push(() => socket.terminate());
  return socket;
};

const opened = (socket: WebSocket): Promise<void> => new Promise((resolve) => socket.once('open', () => resolve()));
const closed = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.once('close', (code) => resolve(code)));
const auth = (token: string): string => JSON.stringify({ t: 'auth', token });

/** Opens, says `text` first, and tells how the connection ended. */
const closeAfter = async (port: number, text: string): Promise<number> => {
  const socket = dial(port);
  const end = closed(socket);
  await opened(socket);
  socket.send(text);
  return end;
};

/** The status of a WebSocket handshake with headers exactly as given; 101 when it was let in. */
const handshake = (port: number, headers: Readonly<Record<string, string>>, path = '/contract'): Promise<number> =>
  new Promise((resolve, reject) => {
    const upgrade = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
    };
    const ask = request({ host: '127.0.0.1', port, path, headers: { ...upgrade, ...headers }, agent: false });
    ask.on('upgrade', (_response, socket: Socket) => {
      socket.destroy();
      resolve(101);
    });
    ask.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    ask.on('error', reject);
    ask.end();
  });

const clientWith = (port: number, token: string) => {
  const client = createClient(toy, createSocketPort(dial(port), token), { onProblem: () => undefined });
  undos.push(() => client.close());
  return client;
};

describe('the loopback socket', () => {
  test('lets the trade token trade and the view token only look', async () => {
    const { port, tokens, reached } = await open();
    expect(await clientWith(port, tokens.trade).invoke('act.trade', {})).toStrictEqual({ done: true });
    const viewer = clientWith(port, tokens.view);
    expect(await viewer.invoke('answer.list', {})).toStrictEqual([1, 2, 3]);
    await expect(viewer.invoke('act.trade', {})).rejects.toMatchObject({ code: 'forbidden' });
    await expect(clientWith(port, tokens.trade).invoke('act.admin', { key: 'k' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(reached).toStrictEqual(['act.trade', 'answer.list']);
  });

  test('makes two different tokens of 32 random bytes each time', () => {
    const all = Array.from({ length: 50 }, createTokens).flatMap(({ view, trade }) => [view, trade]);
    expect(new Set(all).size).toBe(100);
    for (const token of all) expect(token).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<readonly [what: string, text: (tokens: EngineTokens) => string]>([
    ['a wrong token', () => auth('0'.repeat(64))],
    ['a token that is nearly right', ({ trade }) => auth(trade.slice(0, -1) + (trade.endsWith('0') ? '1' : '0'))],
    ['a shortened token', ({ trade }) => auth(trade.slice(0, 32))],
    ['an empty token', () => auth('')],
    ['a token in other letters', ({ trade }) => auth(`${trade.slice(0, -1).toUpperCase()}G`)],
    ['no token but a hello', () => JSON.stringify({ t: 'hello', hash: contractHash(toy) })],
    ['a token beside other fields', ({ trade }) => JSON.stringify({ t: 'auth', token: trade, scope: 'admin' })],
    ['a token that is a list', ({ trade }) => JSON.stringify({ t: 'auth', token: [trade] })],
    ['text that is no JSON', () => 'let me in'],
  ])('closes on %s', async (_what, text) => {
    const { port, tokens, reached, live } = await open();
    expect(await closeAfter(port, text(tokens))).toBe(CLOSE_UNAUTHENTICATED);
    expect([reached, live()]).toStrictEqual([[], 0]);
  });

  test('closes on a binary message', async () => {
    const { port, tokens, live } = await open();
    const socket = dial(port);
    const end = closed(socket);
    await opened(socket);
    socket.send(Buffer.from(auth(tokens.trade)));
    expect(await end).toBe(1003);
    expect(live()).toBe(0);
  });

  test('closes on a client that says nothing in time', async () => {
    const { port, live } = await open({ authMs: 20 });
    expect(await closed(dial(port))).toBe(CLOSE_UNAUTHENTICATED);
    expect(live()).toBe(0);
  });

  test('takes a token that came in time, though it was too busy itself to read it then', async () => {
    const { port, tokens, live } = await open({ authMs: 50 });
    const socket = dial(port);
    await opened(socket);
    socket.send(auth(tokens.trade));
    // The whole thread stands still until long after the deadline.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    socket.send(JSON.stringify({ t: 'hello', hash: contractHash(toy) }));
    const answer = new Promise((resolve) => socket.once('message', () => resolve('an answer')));
    expect(await Promise.race([answer, closed(socket)])).toBe('an answer');
    expect(live()).toBe(1);
  });

  test('hears nothing that was said before the token was accepted', async () => {
    const { port, tokens, reached } = await open();
    const socket = dial(port);
    const end = closed(socket);
    await opened(socket);
    socket.send(JSON.stringify({ t: 'hello', hash: contractHash(toy) }));
    socket.send(auth(tokens.trade));
    socket.send(JSON.stringify({ t: 'call', id: 1, name: 'act.trade', input: {} }));
    expect(await end).toBe(CLOSE_UNAUTHENTICATED);
    expect(reached).toStrictEqual([]);
  });

  test.each(['http://evil.example', 'null', 'http://localhost:1', 'app://master-trader', 'file://'])(
    'refuses a browser page of the origin %s: this host serves no page',
    async (origin) => {
      const { port } = await open();
      expect(await handshake(port, { Host: `127.0.0.1:${port}`, Origin: origin })).toBe(403);
    },
  );

  test('refuses its own address as an origin too, since it serves no page', async () => {
    const { port } = await open();
    expect(await handshake(port, { Host: `127.0.0.1:${port}`, Origin: `http://127.0.0.1:${port}` })).toBe(403);
  });

  test('refuses a Host that is not this machine, as a re-bound name would send it', async () => {
    const { port } = await open();
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1.nip.io:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
    ]) {
      expect([host, await handshake(port, { Host: host })]).toStrictEqual([host, 421]);
    }
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
      expect([host, await handshake(port, { Host: host })]).toStrictEqual([host, 101]);
    }
  });

  test('opens on one path only and serves nothing else', async () => {
    const { port, tokens } = await open();
    for (const path of [
      '/',
      '/contract/',
      '/contract?token=x',
      `/contract?token=${tokens.trade}`,
      '/../contract',
      '//contract',
    ]) {
      expect([path, await handshake(port, { Host: `127.0.0.1:${port}` }, path)]).toStrictEqual([path, 404]);
    }
    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect([page.status, await page.text()]).toStrictEqual([404, '']);
  });

  test('refuses the address for a while after five failures, also to the right token, and then lets it in', async () => {
    const { port, tokens } = await open({ penaltyMs: 300 });
    for (let i = 0; i < 5; i += 1) expect(await closeAfter(port, auth('0'.repeat(64)))).toBe(CLOSE_UNAUTHENTICATED);
    expect(await handshake(port, { Host: `127.0.0.1:${port}` })).toBe(429);
    await expect(clientWith(port, tokens.trade).invoke('answer.list', {})).rejects.toMatchObject({
      code: 'disconnected',
    });
    while ((await handshake(port, { Host: `127.0.0.1:${port}` })) !== 101)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await clientWith(port, tokens.trade).invoke('answer.list', {})).toStrictEqual([1, 2, 3]);
  });

  test('gives connections opened side by side no more tries than those opened one by one', async () => {
    const { port, tokens } = await open({ penaltyMs: 60_000 });
    const sockets = Array.from({ length: 6 }, () => dial(port));
    await Promise.all(sockets.map(opened));
    for (const socket of sockets.slice(0, 5)) {
      const end = closed(socket);
      socket.send(auth('0'.repeat(64)));
      expect(await end).toBe(CLOSE_UNAUTHENTICATED);
    }
    const last = sockets[5] as WebSocket;
    const end = closed(last);
    last.send(auth(tokens.trade));
    expect(await end).toBe(CLOSE_UNAUTHENTICATED);
  });

  test('closes on a message over 64 KiB', async () => {
    const { port, tokens } = await open();
    const socket = dial(port);
    const end = closed(socket);
    await opened(socket);
    socket.send(auth(tokens.trade));
    socket.send('x'.repeat(64 * 1024 + 1));
    expect(await end).toBe(1009);
  });

  test('closes on a client that floods it', async () => {
    const { port, tokens } = await open({ messagesPerSecond: 1, messageBurst: 20 });
    const socket = dial(port);
    const end = closed(socket);
    await opened(socket);
    socket.send(auth(tokens.trade));
    for (let i = 0; i < 30; i += 1) socket.send('{}');
    expect(await end).toBe(CLOSE_TOO_FAST);
  });

  test('bounds the number of connections', async () => {
    const { port } = await open({ maxConnections: 2 });
    await Promise.all([opened(dial(port)), opened(dial(port))]);
    expect(await handshake(port, { Host: `127.0.0.1:${port}` })).toBe(503);
  });

  test('lets go of a peer that answers no ping, and keeps one that does', async () => {
    const { port, tokens, live } = await open({ heartbeatMs: 20 });
    const kept = clientWith(port, tokens.view);
    await kept.ready;
    const dead = new WebSocket(`ws://127.0.0.1:${port}/contract`, { autoPong: false });
    dead.on('error', () => undefined);
    const end = closed(dead);
    await opened(dead);
    dead.send(auth(tokens.view));
    expect(await end).toBe(1006);
    while (live() > 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await kept.invoke('answer.list', {})).toStrictEqual([1, 2, 3]);
  });

  test('survives bytes that are no WebSocket', async () => {
    const { port, tokens } = await open();
    const raw = connect(port, '127.0.0.1');
    raw.on('error', () => undefined);
    const end = new Promise((resolve) => raw.once('close', resolve));
    raw.write(`GET /contract HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`);
    raw.write('Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n');
    raw.write(Buffer.from('ff00ff00ff00ffffffffffffffffffff', 'hex'));
    raw.resume();
    await end;
    expect(await clientWith(port, tokens.view).invoke('answer.list', {})).toStrictEqual([1, 2, 3]);
  });

  test('rejects what waits when it closes', async () => {
    const tokens = createTokens();
    const server = await startSocketHost({
      tokens,
      serve: (port, scope) => serveContract({ contract: toy, handlers: createToyHandlers(), port, scope }),
    });
    const client = clientWith(server.port, tokens.trade);
    await client.ready;
    const slow = client.invoke('slow.never', {});
    await Promise.all([expect(slow).rejects.toMatchObject({ code: 'disconnected' }), server.close()]);
  });
});
