import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCandleFile } from '#adapters/feed-file/file-feed.ts';
import { familyOf } from '#core/agent/family-registry.ts';
import { runAccount } from '#core/backtest/agent-player.ts';
import { plainSpec } from '#core/backtest/agent-spec.ts';
import { liveAgent } from '#core/cycle/agent-life.ts';
import { openTradingDesk } from '#core/cycle/trading-desk.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { FAMILIES } from '#core/domain/strategy.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { canonicalJson } from '#core/kernel/canonical-json.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { createSeriesFeed } from '#core/market/series-feed.ts';
import type { AgentSpec } from '#core/spawner/types.ts';
import type { AuditRecord } from '#shared/contract/audit.ts';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { sha256 } from '../support/candle-builders.ts';
import { writeCandleFile } from '../support/candle-file.ts';
import { rangeCloses, TAPE_START, tapeOf, trendCloses } from '../support/candle-tapes.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { simulatedInstrument } from '../support/instruments.ts';
import { type FactLine, factLine, idsFrom, isLived, replay } from '../support/parity.ts';
import { candleFile, notRunWithoutShared } from '../support/shared-material.ts';
import { listedOn, tapeMarket } from '../support/tape-market.ts';
import { tempFolder } from '../support/temp-folder.ts';

const HOUR = 3_600_000;
const instrument = simulatedInstrument('BTC/USDT');

/** Rise, range, fall, range, rise: agents of both families enter, are stopped, reach targets, and time out. */
const weather = [
  ...trendCloses(700, 0.001, 20_000),
  ...rangeCloses(500, 30, 0.02, 40_000),
  ...trendCloses(300, -0.001, 40_000),
  ...rangeCloses(500, 26, 0.03, 29_000),
  ...trendCloses(400, 0.002, 29_000),
].map((close) => Math.round(close * 100) / 100);
const cents = (price: number): number => Math.round(price * 100) / 100;
const tape: readonly ClosedCandle[] = tapeOf(weather, '1h', 0.004).candles.map((candle) => ({
  ...candle,
  high: cents(candle.high + 0.01),
  low: cents(candle.low - 0.01),
}));

/** One agent on a feed whose clock is stepped, as a cycle would run it. */
async function live(spec: AgentSpec, spawnedAt: UnixMs, seed: number) {
  const clock = new TestClock(spawnedAt);
  const feed = createSeriesFeed({
    source: { kind: 'imported' },
    name: 'the tape',
    instrument,
    series: { interval: '1h', candles: tape },
    clock,
    breathe: () => Promise.resolve(),
  });
  const lines: FactLine[] = [];
  const take = (type: string, ts: number, payload: unknown): void => {
    lines.push(factLine(type, ts, canonicalJson(JSON.parse(JSON.stringify(payload)))));
  };
  const journal = {
    write: (type: string, ts: UnixMs, payload: unknown) => take(type, ts, payload),
    writeAll: (drafts: readonly { readonly type: string; readonly ts: UnixMs; readonly payload: unknown }[]) => {
      for (const { type, ts, payload } of drafts) take(type, ts, payload);
    },
  };
  const ids = createIdFactory(sha256, { parity: seed });
  const account = runAccount(instrument, parseDecimal('10000'), spawnedAt);
  const desk = openTradingDesk(
    { instrument, interval: '1h', at: spawnedAt, feeBps: parseDecimal('10'), halfSpreadBps: parseDecimal('2') },
    { account, ids, journal, tradingState: () => 'active', allowedInstruments: [instrument.id] },
    spec,
  );
  const life = await liveAgent({
    spec,
    agentId: desk.agentId,
    spawnedAt,
    series: feed.history(instrument.id, '1h', spawnedAt, 1000).series,
    desk,
    feed,
    journal,
    abort: createAbortSource().token,
    report: (fault) => {
      throw fault;
    },
  });
  return { lines, life, account };
}

describe('one code path', () => {
  it('plays a recorded feed live and as a back-test with the same orders, fills and ledger, byte for byte', async () => {
    let fills = 0;
    for (const family of FAMILIES)
      for (let candle = 250; candle < 2300; candle += 37) {
        const spawnedAt = unixMs(TAPE_START + candle * HOUR + (candle % 3 === 0 ? HOUR / 2 : 0));
        const spec = plainSpec(sha256, {
          family,
          parameters: familyOf(family).defaults,
          instrumentId: instrument.id,
          interval: '1h',
          expiresAt: unixMs(spawnedAt + 60 * HOUR),
          seed: candle,
        });
        const alive = await live(spec, spawnedAt, candle);
        const replayed = replay({
          spec,
          instrument,
          candles: tape,
          spawnedAt,
          cash: '10000',
          feeBps: '10',
          halfSpreadBps: '2',
          ids: createIdFactory(sha256, { parity: candle }),
          history: 1000,
        });
        expect(replayed.lines).toEqual(alive.lines);
        expect(replayed.life).toEqual(alive.life);
        expect(
          [...replayed.account.state().balances].map(([key, amount]) => `${key} ${formatDecimal(amount)}`),
        ).toEqual([...alive.account.state().balances].map(([key, amount]) => `${key} ${formatDecimal(amount)}`));
        expect(formatDecimal(replayed.account.equity())).toBe(formatDecimal(alive.account.equity()));
        fills += alive.lines.filter((line) => line.includes(' order.filled ')).length;
      }
    expect(fills).toBeGreaterThan(100);
  });
});

type Cycle = { readonly lines: readonly FactLine[]; readonly records: readonly AuditRecord[] };

const payloadOf = (records: readonly AuditRecord[], type: string): Record<string, unknown> | undefined => {
  const found = records.find((record) => record.type === type);
  return found === undefined ? undefined : (JSON.parse(found.payload) as Record<string, unknown>);
};

const fieldOf = (records: readonly AuditRecord[], type: string, field: string): readonly string[] =>
  records.filter((record) => record.type === type).map((record) => String(JSON.parse(record.payload)[field]));

describe('the engine and the back-tester', () => {
  let engine: TestEngine;
  const folder = tempFolder('mt-parity');

  beforeAll(async () => {
    engine = await startTestEngine();
  });
  afterAll(async () => {
    await engine.close();
    folder.remove();
  });

  async function pressed(path: string, at: number): Promise<Cycle> {
    const view = await engine.press({
      instrument: 'BTC/USDT',
      interval: '1h',
      market: { kind: 'file', path },
      at,
      seed: 7,
    });
    expect(view.state).toBe('completed');
    const records = (await engine.records()).filter((record) => record.cycle === view.cycle);
    const lived = records.filter((record) => isLived(record.type));
    return { records, lines: lived.map(({ type, ts, payload }) => factLine(type, ts, payload)) };
  }

  /** The same candles as a venue's live prices, each told a moment after its close on a clock of the test. */
  async function onPaper(at: number, environment: 'paper' | 'shadow'): Promise<Cycle> {
    const market = tapeMarket({ '1h': tape }, listedOn(instrument), unixMs(at));
    const paper = await startTestEngine({ prices: market.prices });
    try {
      const { cycle } = await paper.engine.handlers['cycle.start'](
        cycleRequest.parse({
          instrument: 'BTC/USDT',
          interval: '1h',
          market: { kind: 'venue', venue: 'binance', mode: environment },
          seed: 7,
        }),
      );
      let view = await paper.engine.handlers['cycle.get']({ cycle });
      for (let hour = 1; view?.state === 'running' && hour < 100; hour++) {
        // A venue settles a candle in a moment, and what is decided on it is decided then.
        await market.advanceTo(unixMs(at + hour * HOUR), 700);
        view = await paper.engine.handlers['cycle.get']({ cycle });
      }
      expect(view).toMatchObject({ state: 'completed', environment, marketSource: 'live prices of binance' });
      expect(view?.result?.reconciliation.difference).toBe('0');
      const records = (await paper.records()).filter((record) => record.cycle === cycle);
      const lived = records.filter((record) => isLived(record.type));
      return { records, lines: lived.map(({ type, ts, payload }) => factLine(type, ts, payload)) };
    } finally {
      await paper.close();
    }
  }

  /** Replays the spawned agent with the recorded ids; answers its fills. */
  function compare({ records, lines }: Cycle, candles: readonly ClosedCandle[], on = instrument): number {
    const spawned = payloadOf(records, 'agent.spawned');
    const started = payloadOf(records, 'cycle.started');
    if (spawned === undefined || started === undefined) return 0;
    const orders = [...fieldOf(records, 'order.submitted', 'clientOrderId')];
    // A denied order used up an id that no record names.
    const denied = records.filter((record) => record.type === 'risk.denied').length;
    if (denied > 0) return 0;
    const { lines: replayed } = replay({
      spec: spawned['spec'] as AgentSpec,
      instrument: on,
      candles,
      spawnedAt: unixMs(Number(started['at'])),
      cash: String(started['cash']),
      feeBps: String(started['feeBps']),
      halfSpreadBps: String(started['halfSpreadBps']),
      ids: idsFrom(orders, fieldOf(records, 'order.filled', 'tradeId'), String(spawned['agentId'])),
      history: 1000,
    });
    expect(replayed).toEqual(lines);
    return lines.filter((line) => line.includes(' order.filled ')).length;
  }

  it('write the same bytes about the agents of a made market', async () => {
    const path = writeCandleFile(join(folder.path, 'made.csv'), tape);
    let fills = 0;
    for (const candle of [650, 690, 800, 900, 1000, 1100, 1600, 1700, 2100, 2200])
      fills += compare(await pressed(path, TAPE_START + candle * HOUR), tape);
    expect(fills).toBeGreaterThan(5);
  });

  it.each(['paper', 'shadow'] as const)(
    'write the same bytes about the agents of a venue followed as %s',
    async (mode) => {
      let fills = 0;
      for (const candle of [650, 690, 800, 900, 1000, 1100, 1600, 1700, 2100, 2200])
        fills += compare(await onPaper(TAPE_START + candle * HOUR, mode), tape, listedOn(instrument));
      expect(fills).toBeGreaterThan(5);
    },
  );

  it('write the same bytes about the agents of a real market', async () => {
    if (notRunWithoutShared('parity on real candles')) return;
    const path = candleFile('binance-BTCUSDT-1h.csv.gz');
    const { candles } = readCandleFile(path, '1h').series;
    let fills = 0;
    for (const at of ['2023-10-20', '2024-02-29', '2021-01-03', '2023-08-16', '2022-07-20', '2020-11-06'])
      fills += compare(await pressed(path, Date.parse(`${at}T00:00:00Z`)), candles);
    expect(fills).toBeGreaterThan(3);
  });
});
