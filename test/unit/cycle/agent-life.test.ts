import { describe, expect, it } from 'vitest';
import { familyOf } from '#core/agent/family-registry.ts';
import { agentSteps } from '#core/cycle/agent-life.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { type Hash, unixMs } from '#core/domain/ids.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import type { NewsReader, NewsRisk } from '#core/news/types.ts';
import { closeTimeAt, seriesUntil, tapeOf, trendCloses } from '../../support/candle-tapes.ts';
import { simulatedInstrument } from '../../support/instruments.ts';
import { accountOf, deskOn } from '../pitfalls/desk-rig.ts';

const HALF_HOUR = 1_800_000;
const cents = (price: number): number => Math.round(price * 100) / 100;
/** A rise in which the trend follower wants to enter at every candle. */
const tape = tapeOf(trendCloses(320, 0.003, 20_000).map(cents), '1h', 0.004);
const SPAWN = 299;
const candle = (index: number): ClosedCandle => tape.candles[index] as ClosedCandle;

/** News that say the same at every moment. */
const newsOf = (risk: NewsRisk): NewsReader => ({
  at: (asOf) => ({ asOf, items: 1, sources: 1, sentiment: 0, change: 0, risk, hash: 'a'.repeat(64) as Hash }),
});

/** One agent that is spawned `late` ms after the close of candle 299, and the candles that it then gets. */
function lifeOf({
  late = 0,
  candles,
  stopAfter,
  risk,
}: {
  late?: number;
  candles: readonly ClosedCandle[];
  stopAfter?: number;
  risk?: NewsRisk;
}) {
  const spawnedAt = unixMs(closeTimeAt(tape, SPAWN) + late);
  const rig = deskOn({
    name: 'life',
    instrument: simulatedInstrument('BTC/USDT'),
    interval: '1h',
    at: spawnedAt,
    account: accountOf('10000', spawnedAt),
    envelope: { stopAtr: '2', targetAtr: '50' },
  });
  const decided: string[] = [];
  const abort = createAbortSource();
  let given = 0;
  const steps = agentSteps({
    spec: { ...rig.spec, parameters: familyOf('trend-following').defaults },
    agentId: rig.desk.agentId,
    spawnedAt,
    series: seriesUntil(tape, SPAWN),
    desk: rig.desk,
    journal: {
      write: (_type, _ts, payload) => {
        const { intent } = payload as { intent?: { kind: string; reason: string } };
        if (intent !== undefined) decided.push(`${intent.kind}: ${intent.reason}`);
      },
      writeAll: () => {},
    },
    abort: abort.token,
    ...(risk === undefined ? {} : { news: newsOf(risk) }),
    report: (fault) => {
      throw fault;
    },
    ...(stopAfter === undefined
      ? {}
      : { clockNow: () => unixMs((candles[given - 1]?.closeTime ?? spawnedAt) + HALF_HOUR) }),
  });
  let step = steps.next();
  while (step.done !== true) {
    if (given === stopAfter && !abort.token.aborted) {
      // A feed does not wait any longer for whoever was stopped.
      abort.abort('stopped by the master');
      step = steps.next(undefined);
      continue;
    }
    step = steps.next(candles[given]);
    given += 1;
  }
  const fills = rig.records.flatMap((record) => (record.type === 'order.filled' ? [record.payload.purpose] : []));
  return { life: step.value, rig, decided, fills };
}

describe('the life of an agent', () => {
  it('decides to hold while its entry waits for the market: no second entry without a verdict', () => {
    // Spawned inside candle 300, which can fill nothing: the entry meets the open of candle 301.
    const { decided, rig, fills } = lifeOf({ late: HALF_HOUR, candles: [candle(300), candle(301)] });
    expect(decided.map((line) => line.split(':')[0])).toEqual(['enter', 'hold', 'hold']);
    expect(decided[1]).toBe('hold: entry on its way: the order that was sent waits for the next open');
    expect(decided[2]).toContain('hold:');
    expect(fills).toEqual(['entry']);
    const verdicts = rig.records.filter(({ type }) => type === 'risk.approved' || type === 'risk.denied');
    expect(verdicts).toHaveLength(decided.filter((line) => line.startsWith('enter')).length);
  });

  it('is protected while its closing order waits, and says that the stop was quicker', () => {
    const { openTime, closeTime, open } = candle(301);
    const crash = { ...candle(301), openTime, closeTime, open, low: open * 0.7, close: open * 0.75 } as ClosedCandle;
    const after = { ...candle(302), open: open * 0.75, low: open * 0.7, close: open * 0.75 } as ClosedCandle;
    // Stopped half an hour into candle 301: its sale has to wait for the open of candle 302, and the market crashes before.
    const { life, fills, rig } = lifeOf({ candles: [candle(300), crash, after], stopAfter: 1 });
    expect(fills).toEqual(['entry', 'stop']);
    expect(life.interrupted).toBe(true);
    expect(life.why).toMatch(/^the stop was hit at \d/);
    const sold = rig.records.flatMap((record) => (record.type === 'order.canceled' ? [record.payload.reason] : []));
    expect(sold).toContain('the other of its group filled');
    expect(rig.desk.holding()).toBe(false);
  });

  it('closes at the next open when nothing of the kind happens, and leaves nothing resting', () => {
    const { life, fills, rig } = lifeOf({ candles: [candle(300), candle(301), candle(302)], stopAfter: 1 });
    expect(fills).toEqual(['entry', 'flatten']);
    expect(life.why).toBe('stopped by the master');
    const open = new Set<string>();
    for (const record of rig.records) {
      if (record.type === 'order.submitted') open.add(record.payload.clientOrderId);
      if (record.type === 'order.canceled') open.delete(record.payload.clientOrderId);
      if (record.type === 'order.filled' && record.payload.status === 'filled')
        open.delete(record.payload.clientOrderId);
    }
    expect([...open]).toEqual([]);
  });

  it('leaves nothing resting when the data end before it could close', () => {
    const { life, rig } = lifeOf({ candles: [candle(300)], stopAfter: 1 });
    expect(life.interrupted).toBe(true);
    expect(rig.desk.holding()).toBe(true);
    const canceled = rig.records.flatMap((record) => (record.type === 'order.canceled' ? [record.payload.reason] : []));
    expect(canceled).toEqual(['the recorded data ended', 'the recorded data ended', 'the recorded data ended']);
  });

  it('enters with half the size on news of medium risk, and not at all on a bad event', () => {
    const given = [candle(300), candle(301)];
    const entered = (risk?: NewsRisk): number => {
      const { rig, decided } = lifeOf({ candles: given, ...(risk === undefined ? {} : { risk }) });
      if (risk === 'high') expect(decided[0]).toContain('hold: no entry against a bad event in the news');
      const orders = rig.records.flatMap((record) =>
        record.type === 'order.submitted' && record.payload.purpose === 'entry'
          ? [Number(record.payload.quantity)]
          : [],
      );
      return orders[0] ?? 0;
    };
    const full = entered();
    expect(full).toBeGreaterThan(0);
    expect(entered('low')).toBe(full);
    expect(entered('medium') / full).toBeCloseTo(0.5, 2);
    expect(entered('high')).toBe(0);
  });
});
