import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CycleView } from '#shared/contract/cycle.ts';
import { risingMarket, writeCsv } from '../support/candle-csv.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { tempFolder } from '../support/temp-folder.ts';

const HOUR = 3_600_000;
const market = risingMarket();

describe('a cycle that follows news', () => {
  let folder: ReturnType<typeof tempFolder>;
  let engine: TestEngine;
  let csv: string;
  beforeEach(async () => {
    folder = tempFolder('mt-news');
    csv = writeCsv(join(folder.path, 'btc.csv'), market.rows);
    engine = await startTestEngine();
  });
  afterEach(async () => {
    await engine.close();
    folder.remove();
  });

  const press = (): Promise<CycleView> =>
    engine.press({
      instrument: 'BTC/USDT',
      interval: '1h',
      market: { kind: 'file', path: csv },
      at: market.decision,
      seed: 7,
    });
  const tell = (name: string, title: string, hoursBefore: number) => {
    const path = join(folder.path, `${name}-${hoursBefore}.csv`);
    writeFileSync(path, `timestamp,title\n${market.decision - hoursBefore * HOUR},"${title}"\n`);
    return engine.engine.handlers['news.import']({ path, name, weight: 0.5, delayMinutes: 0 });
  };
  const typesOf = async (cycle: CycleView): Promise<readonly string[]> =>
    (await engine.records()).filter((record) => record.cycle === cycle.cycle).map(({ type }) => type);

  it('is what it always was while none is followed', async () => {
    const before = await press();
    expect(before.result?.outcome).toBe('traded');
    expect(await typesOf(before)).not.toContain('news.read');
    expect(
      (
        await engine.engine.handlers['cycle.analyse']({
          instrument: 'BTC/USDT',
          interval: '1h',
          market: { kind: 'file', path: csv },
          at: market.decision,
          trigger: 'button',
        })
      ).facts.filter(({ id }) => id >= 'F50'),
    ).toEqual([]);
  });

  it('trades half on a fresh good event, nothing on a bad one, and each is a run of its own', async () => {
    const without = await press();
    await tell('wire', 'Regulator approves the bitcoin fund and the price surges', 1);
    await tell('desk', 'Regulator approves the bitcoin fund and the price surges today', 1);
    const halved = await press();
    expect(await typesOf(halved)).toContain('news.read');
    const entered = (view: CycleView): number =>
      Number(view.orders.find(({ purpose }) => purpose === 'entry')?.quantity ?? 0);
    expect(entered(without)).toBeGreaterThan(0);
    expect(entered(halved)).toBeLessThanOrEqual(entered(without) / 2);
    await tell('wire', 'Exchange hacked, bitcoin withdrawals halted', 2);
    await tell('desk', 'Exchange hacked: bitcoin withdrawals halted', 2);
    const refused = await press();
    expect(refused.result).toMatchObject({ outcome: 'no_trade' });
    expect(refused.result?.reason).toContain('a bad event that 2 independent sources tell of');
    expect(new Set([without.runId, halved.runId, refused.runId]).size).toBe(3);
    // A repeat on the same news is the same run to the last record.
    expect((await press()).journalHead).toBe(refused.journalHead);
    // News of the time after the decision changes nothing of the decision, but the run is another one.
    await tell('wire', 'Bitcoin collapses in a crash', -20);
    const later = await press();
    expect(later.runId).not.toBe(refused.runId);
    expect(later.result?.reason).toBe(refused.result?.reason);
  });

  it('keeps which items a run read, and the list of the news names that run after a restart too', async () => {
    await tell('wire', 'Regulator approves the bitcoin fund and the price surges', 1);
    await tell('desk', 'Bitcoin miners report a quiet week', 300);
    const run = await press();
    const readIn = async () => {
      const { items } = await engine.engine.handlers['news.show']({
        instrument: 'BTC/USDT',
        at: market.decision,
        limit: 20,
        quarantined: false,
      });
      const old = await engine.engine.handlers['news.show']({
        instrument: 'BTC/USDT',
        at: market.decision - 299 * HOUR,
        limit: 20,
        quarantined: false,
      });
      return [...items, ...old.items].map((item) => ({ title: item.title.slice(0, 9), ...item.readIn }));
    };
    const told = [
      {
        title: 'Regulator',
        runs: [{ cycle: run.cycle, runId: run.runId, at: market.decision }],
        more: 0,
        notKept: 0,
      },
      { title: 'Bitcoin m', runs: [], more: 0, notKept: 0 },
    ];
    expect(await readIn()).toEqual(told);
    engine = await engine.reopen();
    expect(await readIn()).toEqual(told);
  });
});
