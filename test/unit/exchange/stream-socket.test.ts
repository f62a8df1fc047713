import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createRng } from '#core/kernel/rng.ts';
import { createFaultInjector, faultRuleSchema, type StreamFault } from '#test/exchange/core/faults.ts';
import { createStreamSocket } from '#test/exchange/server/stream-socket.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

/** Sends 1 to 4 over a real socket while the second message is hit, then an answer `end`; what arrived, `cut` when the socket ended. */
async function through(fault: StreamFault): Promise<readonly unknown[]> {
  const faults = createFaultInjector(createRng(1));
  faults.replace([faultRuleSchema.parse({ fault, on: 'stream', skip: 1, times: 1, delayMs: 20 })]);
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  open.push(server);
  await new Promise((done) => server.once('listening', done));
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  open.push(client);
  server.once('connection', (socket) => {
    const stream = createStreamSocket(socket, faults);
    for (const number of [1, 2, 3, 4]) stream.news('trade', number);
    // The end comes after a message that was put off.
    setTimeout(() => stream.answer('end'), 200);
  });
  const seen: unknown[] = [];
  await new Promise<void>((done) => {
    client.on('message', (bytes: Buffer) => {
      const message: unknown = JSON.parse(bytes.toString());
      if (message === 'end') done();
      else seen.push(message);
    });
    client.on('close', () => {
      seen.push('cut');
      done();
    });
  });
  expect(faults.counts()).toEqual({ [`${fault} on stream`]: 1 });
  return seen;
}

describe('faults of a stream', () => {
  it.each([
    ['duplicate', [1, 2, 2, 3, 4]],
    ['reorder', [1, 3, 2, 4]],
    ['gap', [1, 3, 4]],
    ['delay', [1, 3, 4, 2]],
    ['silence', [1]],
  ] as const)('%s', async (fault, expected) => {
    expect(await through(fault)).toEqual(expected);
  });

  it('drop', async () => {
    const seen = await through('drop');
    expect(seen.at(-1)).toBe('cut');
    expect(seen).not.toContain(2);
    expect(seen).not.toContain(4);
  });
});
