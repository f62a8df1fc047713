import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sliceColumns } from '#core/market/candle-columns.ts';
import { candleRows } from '#core/market/candle-csv-text.ts';
import { CANDLE_CSV_HEADER } from '#core/market/parse-candle-csv.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { appContract } from '#shared/contract/app-contract.ts';
import { wanderingColumns } from '#test/support/candle-column-builders.ts';
import { startTestEngine, type TestEngine } from '#test/support/engine.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const folder = tempFolder('mt-data');
let rig: TestEngine;
beforeAll(async () => {
  rig = await startTestEngine();
});
afterAll(async () => {
  await rig.close();
  folder.remove();
});

const textOf = (...parts: readonly CandleColumns[]): string =>
  [`${CANDLE_CSV_HEADER}\n`, ...parts.map((part) => candleRows(part, 0, part.length))].join('');
const file = (name: string, text: string): string => {
  const path = join(folder.path, name);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
};
const columns = wanderingColumns(9000);
const series = { instrument: 'BTC/USDT', interval: '1m' } as const;

describe('imported data through the engine', () => {
  it('is listed, checked and exported as the file that came in, byte for byte', async () => {
    const { handlers } = rig.engine;
    expect(await handlers['data.list']({})).toEqual([]);
    const text = textOf(sliceColumns(columns, 0, 5000), sliceColumns(columns, 5100, 9000));
    const imported = await handlers['market.import']({ ...series, path: file('in.csv.gz', text) });
    expect(imported).toMatchObject({ candles: 8900, added: 8900, known: 0, revised: 0 });
    const listed = await handlers['data.list']({});
    expect(appContract['data.list'].output.parse(listed)).toEqual([
      {
        ...series,
        venue: 'SIM',
        candles: 8900,
        firstOpen: columns.openTime[0],
        lastOpen: columns.openTime[8999],
        gaps: 1,
        missing: 100,
        revisions: 0,
      },
    ]);
    const out = join(folder.path, 'out.csv');
    const exported = await handlers['data.export']({ ...series, path: out, overwrite: false });
    expect(exported).toMatchObject({ candles: 8900, bytes: text.length });
    expect(readFileSync(out, 'utf8')).toBe(text);
    const again = handlers['data.export']({ ...series, path: out, overwrite: false });
    await expect(again).rejects.toMatchObject({ code: 'refused' });
    const part = join(folder.path, 'part.csv');
    const [from, to] = [columns.openTime[10] ?? 0, columns.openTime[20] ?? 0];
    await handlers['data.export']({ ...series, path: part, from, to, overwrite: false });
    expect(readFileSync(part, 'utf8')).toBe(textOf(sliceColumns(columns, 10, 20)));
  });

  it('refuses a file that contradicts it, and keeps both values when a revision is asked for', async () => {
    const { handlers } = rig.engine;
    const close = columns.close.map((price, i) =>
      i === 42 ? Math.min(price + 0.01, columns.high[i] ?? price) : price,
    );
    const changed = columns.close[42] !== close[42];
    const corrected = {
      ...columns,
      close,
      high: changed ? columns.high : columns.high.map((price, i) => (i === 42 ? price + 1 : price)),
    };
    const path = file('corrected.csv', textOf(sliceColumns(corrected, 0, 100)));
    expect(() => handlers['market.import']({ ...series, path })).toThrow(/differs from the stored one/);
    expect(await handlers['market.import']({ ...series, path, revise: true })).toMatchObject({
      added: 0,
      known: 99,
      revised: 1,
    });
    expect(await handlers['data.list']({})).toMatchObject([{ candles: 8900, revisions: 1 }]);
  });

  it('is reported on in plain sentences within the limits of the contract', async () => {
    const { handlers } = rig.engine;
    const report = await handlers['data.check']({ ...series, jumpRanges: 10 });
    expect(appContract['data.check'].output.parse(report)).toEqual(report);
    expect(report).toMatchObject({
      candles: 8900,
      gaps: { count: 1, missing: 100, longest: [{ missing: 100 }] },
      misaligned: 0,
      disordered: 0,
      inconsistent: 0,
      revisions: 1,
    });
    expect(report.zeroVolume.candles).toBe(
      columns.volume.filter((volume, i) => volume === 0 && (i < 5000 || i >= 5100)).length,
    );
    expect(report.findings).toContain('1 hole of 100 candles in all');
    expect(report.findings).toContain('1 value replaced by a later import; the old values are kept');
    expect(() => handlers['data.check']({ instrument: 'ETH/USDT', interval: '1m', jumpRanges: 10 })).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
  });
});
