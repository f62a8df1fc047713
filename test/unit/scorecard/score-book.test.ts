import { afterEach, describe, expect, it } from 'vitest';
import { GENERATOR_START } from '#adapters/feed-generator/generated-market.ts';
import { createSteppedGeneratorFeed } from '#adapters/feed-generator/generator-feed.ts';
import { REGIMES } from '#core/analyst/types.ts';
import { openCycleJournal } from '#core/cycle/cycle-journal.ts';
import type { RunId } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { namedForecast } from '#core/scorecard/forecast.ts';
import { DIRECTIONS } from '#core/scorecard/types.ts';
import { createScoreBook } from '#host/scorecard/score-book.ts';
import { simulatedInstrument } from '../../support/instruments.ts';
import { openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const folders: ReturnType<typeof tempFolder>[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

const STEP = INTERVAL_MS['5m'];
const SEED = 5;

function rig() {
  const folder = tempFolder('mt-scores');
  folders.push(folder);
  const storage = openTestStorage(folder.path);
  const instrument = simulatedInstrument('BTC/USDT');
  const at = unixMs(Math.ceil(GENERATOR_START / STEP) * STEP + 400 * STEP);
  const clock = new TestClock(at);
  const feed = createSteppedGeneratorFeed({ seed: SEED, clock, instruments: [instrument] });
  const market = {
    feed,
    market: { kind: 'generator' as const, seed: SEED },
    instrumentId: instrument.id,
    interval: '5m' as const,
  };
  const close = feed.history(instrument.id, '5m', at, 1).series.candles[0]?.close ?? 0;
  const book = createScoreBook(storage.journal);
  const locked = {
    instrumentId: instrument.id,
    interval: '5m' as const,
    at,
    dueAt: unixMs(at + 24 * STEP),
    close,
    atr: 0.002,
    calls: [
      {
        caller: { kind: 'rules' as const },
        direction: namedForecast(DIRECTIONS, 'up', 0.5),
        regime: namedForecast(REGIMES, 'ranging', 0.5),
      },
    ],
  };
  const call = (run: string, calls: typeof locked = locked) => {
    const cycle = storage.journal.beginCycle();
    const journal = openCycleJournal(storage.journal, cycle, run as RunId, (record) => book.note(record));
    journal.write('cycle.started', at, {
      instrumentId: instrument.id,
      symbol: instrument.symbol,
      interval: '5m',
      at,
      seed: SEED,
      environment: 'simulated',
      market: market.market,
      account: 'standing',
      quoteAsset: 'USDT',
      startingEquity: '1',
      cash: '1',
      feeBps: '10',
      halfSpreadBps: '1',
      trigger: 'button',
    });
    journal.write('analyst.called', at, calls);
    return cycle;
  };
  return { storage, clock, market, book, call, locked };
}

describe('the book of calls', () => {
  it('settles a call from the candles of its market once they have closed, and not one moment earlier', () => {
    const { storage, clock, market, book, call, locked } = rig();
    const cycle = call('R-1');
    expect([book.waiting(), book.resolved()]).toEqual([1, []]);
    clock.advanceTo(unixMs(locked.dueAt - 1));
    book.settle(market, clock.now());
    expect(book.waiting()).toBe(1);
    clock.advanceTo(locked.dueAt);
    book.settle(market, clock.now());
    expect(book.waiting()).toBe(0);
    const told = storage.journal.readCycle(0).filter(({ type }) => type === 'analyst.resolved');
    expect(told.map(({ payload }) => payload)).toMatchObject([{ cycle }]);
    // The record of the call lies before that of its outcome, and nothing of it has changed.
    expect(book.resolved()).toMatchObject([
      { ...locked, outcome: (told[0]?.payload as { outcome: unknown } | undefined)?.outcome },
    ]);
    book.settle(market, clock.now());
    expect(storage.journal.readCycle(0).filter(({ type }) => type === 'analyst.resolved')).toHaveLength(1);
  });

  it('tells the same from the journal after a restart, and counts a repeat of a run once', () => {
    const { storage, clock, market, book, call, locked } = rig();
    call('R-1');
    call('R-1');
    call('R-2');
    expect(book.waiting()).toBe(2);
    clock.advanceTo(locked.dueAt);
    book.settle(market, clock.now());
    const again = createScoreBook(storage.journal);
    for (const record of storage.journal.read(0, 1_000)) again.note(record);
    expect(again.resolved()).toEqual(book.resolved());
    expect(again.resolved()).toHaveLength(2);
    expect(again.waiting()).toBe(0);
  });

  it('settles what it can where other calls name candles that this market does not hold', () => {
    const { clock, market, book, call, locked } = rig();
    // Made first on another file of the same instrument, whose candles end long before these begin.
    call('R-other', { ...locked, at: unixMs(1_000), dueAt: unixMs(1_000 + 24 * STEP) });
    call('R-1');
    clock.advanceTo(locked.dueAt);
    book.settle(market, clock.now());
    expect(book.resolved().map(({ runId }) => runId)).toEqual(['R-1']);
    expect(book.waiting()).toBe(1);
  });

  it('leaves a call waiting where the market is another one, or its candles are not those it was called on', () => {
    const { clock, market, book, call, locked } = rig();
    call('R-1', { ...locked, close: locked.close + 1 });
    clock.advanceTo(locked.dueAt);
    book.settle(market, clock.now());
    expect(book.waiting()).toBe(1);
    call('R-2');
    book.settle({ ...market, market: { kind: 'generator', seed: SEED + 1 } }, clock.now());
    book.settle({ ...market, interval: '1h' }, clock.now());
    expect(book.waiting()).toBe(2);
  });
});
