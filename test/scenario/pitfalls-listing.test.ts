import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GENERATOR_START } from '#adapters/feed-generator/generated-market.ts';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { createEngine, type Engine } from '#host/create-engine.ts';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { createMemorySecretStore } from '../support/memory-secret-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DAY = INTERVAL_MS['1d'];
const dayOfMarket = (day: number): number => GENERATOR_START + day * DAY;
let folder = tempFolder('mt-listing');
let engine: Engine;

/** The product's instruments, with ETH listed on the second day of the simulated market and SOL taken off on the third. */
function resourcesWithDates(): string {
  const resources = join(folder.path, 'resources');
  cpSync(resolve(ROOT, 'resources'), resources, { recursive: true });
  const file = join(resources, 'instruments', 'simulated.json');
  const data = JSON.parse(readFileSync(file, 'utf8')) as { instruments: { base: string }[] };
  const dates: Readonly<Record<string, object>> = {
    ETH: { listedFrom: utcText(unixMs(dayOfMarket(2))) },
    SOL: { listedUntil: utcText(unixMs(dayOfMarket(3))) },
  };
  const instruments = data.instruments.map((one) => ({ ...one, ...dates[one.base] }));
  writeFileSync(file, JSON.stringify({ ...data, instruments }));
  return resources;
}

beforeEach(async () => {
  folder = tempFolder('mt-listing');
  engine = await createEngine({
    home: join(folder.path, 'home'),
    resources: resourcesWithDates(),
    version: '0.0.0-test',
    pace: 'stepped',
    modelPath: undefined,
    forkWorker: () => {
      throw new Error('no model here');
    },
    labWorker: resolve(ROOT, 'src/host/lab/worker.ts'),
    secrets: createMemorySecretStore(),
    logger: createRingLogger({ verbose: false }),
  });
});
afterEach(async () => {
  await engine.close();
  folder.remove();
});

const pressAt = async (instrument: string, at?: number) => {
  const asked = { trigger: 'terminal', instrument, ...(at === undefined ? {} : { at }) };
  const { cycle } = await engine.handlers['cycle.start'](cycleRequest.parse(asked));
  return engine.handlers['cycle.wait']({ cycle });
};

describe('a press on an instrument with listing dates', () => {
  it('is refused by name before the listing, on the standing market too, and nothing has begun', async () => {
    const early = { code: 'not_found', message: expect.stringContaining('ETH/USDT was listed on SIM at ') };
    await expect(pressAt('ETH/USDT', dayOfMarket(1))).rejects.toMatchObject(early);
    await expect(pressAt('ETH/USDT')).rejects.toMatchObject(early);
    expect(await engine.handlers['cycle.list']({ limit: 10 })).toEqual([]);
  });

  it('is refused by name after the delisting, and works while it was listed', async () => {
    await expect(pressAt('SOL/USDT', dayOfMarket(3))).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('SOL/USDT was taken off SIM at '),
    });
    expect((await pressAt('SOL/USDT', dayOfMarket(1))).state).toBe('completed');
    expect((await pressAt('ETH/USDT', dayOfMarket(2))).state).toBe('completed');
  });
});
