import { describe, expect, it } from 'vitest';
import { createDeferred } from '#host/deferred.ts';
import type { Port } from '#shared/transport/port.ts';
import { createPortPair } from '#shared/transport/ports.ts';
import { type Serve, serveLater } from '../../../src/main/serve-later.ts';

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Answers every frame with itself, as an engine that hears and speaks. */
const echo: Serve = (port) => port.onFrame((frame) => port.send({ heard: frame }));

function rig() {
  const pair = createPortPair();
  const engine = createDeferred<Serve>();
  const heard: unknown[] = [];
  pair.client.onFrame((frame) => heard.push(frame));
  const undo = serveLater(engine.promise)(pair.host);
  return { page: pair.client, engine, heard, undo };
}

describe('a window that is opened before there is an engine', () => {
  it('is answered what it said meanwhile, in its order and once, and then at once', async () => {
    const { page, engine, heard } = rig();
    page.send('hello');
    page.send('again');
    await turns();
    expect(heard).toEqual([]);
    engine.resolve(echo);
    await turns();
    page.send('later');
    await turns();
    expect(heard).toEqual([{ heard: 'hello' }, { heard: 'again' }, { heard: 'later' }]);
  });

  it('keeps no flood', async () => {
    const { page, engine, heard } = rig();
    for (let count = 0; count < 1_000; count += 1) page.send(count);
    await turns();
    engine.resolve(echo);
    await turns();
    expect(heard).toHaveLength(16);
  });

  it('is served no more when it went meanwhile', async () => {
    const served: Port[] = [];
    const gone = rig();
    gone.page.close();
    await turns();
    gone.engine.resolve((port) => {
      served.push(port);
      return () => undefined;
    });
    const undone = rig();
    undone.undo();
    undone.engine.resolve((port) => {
      served.push(port);
      return () => undefined;
    });
    await turns();
    expect(served).toEqual([]);
  });

  it('lets the served one be undone', async () => {
    const { page, engine, heard, undo } = rig();
    engine.resolve(echo);
    await turns();
    undo();
    page.send('after');
    await turns();
    expect(heard).toEqual([]);
  });

  it('waits on where no engine comes, and takes its failure for nobody else’s', async () => {
    const { page, engine, heard } = rig();
    page.send('hello');
    await turns();
    expect(heard).toEqual([]);
    const refused = createPortPair();
    serveLater(Promise.reject(new Error('the folder is in use')))(refused.host);
    refused.client.send('hello');
    await turns();
    engine.resolve(echo);
    await turns();
    expect(heard).toEqual([{ heard: 'hello' }]);
  });
});
