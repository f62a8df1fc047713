import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GENERATOR_EPOCH, GENERATOR_START } from '#adapters/feed-generator/generated-market.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { createMemorySecretStore } from '../support/memory-secret-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

const MINUTE = 60_000;
const PAGE = 5_000;

describe('a chart that is read page by page toward the past', () => {
  const folder = tempFolder('mt-pages');
  let test: TestEngine;
  beforeAll(async () => {
    test = await startTestEngine({ home: folder.path, secrets: createMemorySecretStore('missing') });
  });
  afterAll(async () => {
    await test.engine.close();
    folder.remove();
  });

  const page = async (before?: number) => {
    const asked = { instrument: 'BTC/USDT', interval: '1m' as const, limit: PAGE };
    const { handlers } = test.engine;
    return (await handlers['market.chart'](before === undefined ? asked : { ...asked, before })).columns;
  };

  it('joins without a gap or a candle twice, from now to the first minute of the market', async () => {
    const newest = await page();
    let times = [...newest.openTime];
    let closes = [...newest.close];
    for (let pages = 0; pages < 20; pages += 1) {
      const before = await page(times[0]);
      if (before.openTime.length === 0) break;
      times = [...before.openTime, ...times];
      closes = [...before.close, ...closes];
    }
    expect(times[0]).toBe(GENERATOR_EPOCH);
    expect(times.at(-1)).toBe(GENERATOR_START - MINUTE);
    expect(times).toHaveLength((GENERATOR_START - GENERATOR_EPOCH) / MINUTE);
    expect(times.every((time, index) => time === GENERATOR_EPOCH + index * MINUTE)).toBe(true);
    // The same candle, whichever page it came on.
    const part = await page(GENERATOR_EPOCH + 7_777 * MINUTE);
    expect([...part.close]).toEqual(closes.slice(7_777 - PAGE, 7_777));
  });

  it('is empty before the beginning, and knows nothing later than now', async () => {
    expect((await page(GENERATOR_EPOCH)).openTime).toHaveLength(0);
    expect((await page(0)).openTime).toHaveLength(0);
    expect([...(await page(GENERATOR_START + 1e9)).openTime]).toEqual([...(await page()).openTime]);
  });

  it('brings the fills that happened on the page, and those alone', async () => {
    const { handlers } = test.engine;
    const { cycle } = await handlers['cycle.start']({
      trigger: 'terminal',
      instrument: 'BTC/USDT',
      market: { kind: 'generator' },
    });
    await handlers['cycle.wait']({ cycle });
    const { columns, markers } = await handlers['market.chart']({
      instrument: 'BTC/USDT',
      interval: '1m',
      limit: PAGE,
    });
    const fill = markers.find(({ purpose }) => purpose === 'entry');
    if (fill === undefined) throw new Error('the cycle filled nothing');
    const at = columns.openTime.findLast((time) => time <= fill.ts) ?? 0;
    const read = async (before: number) =>
      (await handlers['market.chart']({ instrument: 'BTC/USDT', interval: '1m', limit: 10, before })).markers;
    expect(await read(at + MINUTE)).toContainEqual(fill);
    expect(await read(at)).not.toContainEqual(fill);
  });

  it('draws a run of before this start as it drew it then, its entry, stop, target and fills on the same candles', async () => {
    const { cycle } = await test.press();
    const before = await test.engine.handlers['market.chart']({ instrument: 'BTC/USDT', limit: 200, cycle });
    expect(before.markers.length).toBeGreaterThan(1);
    test = await test.reopen();
    const after = await test.engine.handlers['market.chart']({ instrument: 'BTC/USDT', limit: 200, cycle });
    expect(after.markers).toEqual(before.markers);
    expect(after.lines).toEqual(before.lines);
    expect(after.lines.map(({ kind }) => kind)).toEqual(['entry', 'stop', 'target']);
    const last = after.columns.openTime.at(-1) ?? 0;
    expect(last).toBeLessThanOrEqual(before.columns.openTime.at(-1) ?? 0);
    expect(last + 5 * MINUTE).toBeGreaterThanOrEqual(after.markers.at(-1)?.ts ?? Number.POSITIVE_INFINITY);
    const shared = [...before.columns.openTime].indexOf(last);
    expect(after.columns.close.at(-1)).toBe(before.columns.close[shared]);
  });
});
