import { beforeAll, describe, expect, it } from 'vitest';
import { decide } from '#core/agent/decide.ts';
import { listFamilies } from '#core/agent/family-registry.ts';
import { ema } from '#core/context/indicators/ema.ts';
import { sma } from '#core/context/indicators/sma.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import { spawn } from '#core/spawner/spawn.ts';
import type { AgentSpec } from '#core/spawner/types.ts';
import type { CandleColumns } from '#core/statistics/candle-prefix.ts';
import { findLookAhead, type ProbedRun, type Reading } from '#core/statistics/look-ahead.ts';
import { meanOf, momentsOf } from '#core/statistics/moments.ts';
import { shiftControl } from '#core/statistics/shift-control.ts';
import { HOUR, randomMarket } from '#test/support/equity-records.ts';
import { onHourly, swingingNews } from '#test/support/family-markets.ts';
import { probeColumns, seriesOf } from '#test/support/probe-tapes.ts';
import { contextOf, spawnInputOf } from '#test/support/spawn-inputs.ts';

const columns = probeColumns(createRng(77), 600);

const decisions = (sayings: readonly (string | number | undefined)[]): readonly Reading[] =>
  sayings.flatMap((value, index) =>
    value === undefined || Number.isNaN(value) ? [] : [{ index, known: 'close', value } as const],
  );
const each = (column: Float64Array, say: (i: number) => string | number | undefined): readonly Reading[] =>
  decisions(Array.from(column, (_, i) => say(i)));

/** Decides at the close by two averages, and fills at the next open. */
const honest: ProbedRun = ({ open, close }) => {
  const [fast, slow] = [sma(close, 5), sma(close, 20)];
  const wants = Array.from(close, (_, i) => ((fast[i] as number) > (slow[i] as number) ? 'long' : 'flat'));
  const fills = wants.flatMap((want, i): Reading[] => {
    const price = open[i + 1];
    return i < 20 || price === undefined || want === wants[i - 1]
      ? []
      : [{ index: i + 1, known: 'open', value: `${want} at ${price}` }];
  });
  return [...decisions(wants.map((want, i) => (i < 20 ? undefined : want))), ...fills];
};

const nextClose: ProbedRun = ({ close }) =>
  each(close, (i) => ((close[i + 1] ?? close[i] ?? 0) > (close[i] as number) ? 'long' : 'flat'));

const centredSmoother: ProbedRun = ({ close }) => each(close, (i) => meanOf(close.slice(Math.max(0, i - 2), i + 3)));

const wholeSeriesNormalisation: ProbedRun = ({ close }) => {
  const { mean, deviation } = momentsOf(close);
  return each(close, (i) => (((close[i] as number) - mean) / deviation > 1 ? 'short' : 'long'));
};

/** Uses the four-hour candle that a moment lies in, with the close it will only have at its end. */
const higherTimeframeEarly: ProbedRun = ({ close }) =>
  each(close, (i) => {
    const ending = close[Math.min(close.length - 1, i - (i % 4) + 3)] as number;
    return ending > (close[Math.max(0, i - (i % 4) - 1)] as number) ? 'long' : 'flat';
  });

/** The same idea done right: the last four-hour candle that has ended. */
const higherTimeframeAfterItsClose: ProbedRun = ({ close }) =>
  each(close, (i) => {
    const ended = Math.floor((i + 1) / 4);
    return ended < 2
      ? undefined
      : (close[4 * ended - 1] as number) > (close[4 * ended - 5] as number)
        ? 'long'
        : 'flat';
  });

/** Decides by the candle's own direction and says that it filled at the candle's open. */
const fillOnTheSameCandle: ProbedRun = ({ open, close }) =>
  Array.from(open, (price, index): Reading => {
    const side = (close[index] as number) > price ? 'buy' : 'sell';
    return { index, known: 'open', value: `${side} at ${price}` };
  });

/** Lists its trades once it knows how they ended, leaving out the ones that lost. */
const forgetsItsLosses: ProbedRun = ({ close }) =>
  each(close, (i) => (i % 10 === 0 && (close[i + 10] ?? 0) > (close[i] as number) ? 'long' : undefined));

describe('the look-ahead detector', () => {
  it.each([
    ['the next close', nextClose],
    ['a centred smoother', centredSmoother],
    ['normalisation by the whole series', wholeSeriesNormalisation],
    ['a higher timeframe before its close', higherTimeframeEarly],
    ['a fill on the candle that decided it', fillOnTheSameCandle],
    ['losses that are forgotten afterwards', forgetsItsLosses],
  ])('flags a planted cheat: %s', (_, cheat) => {
    const report = findLookAhead(cheat, columns);
    expect(report.verdict).toBe('look_ahead');
    expect(report.peeks.length).toBeGreaterThan(0);
    expect(report.peeks.length).toBeLessThanOrEqual(20);
  });

  it.each([
    ['averages that fill at the next open', honest],
    ['a higher timeframe after its close', higherTimeframeAfterItsClose],
    ['an exponential average', (({ close }) => each(close, (i) => ema(close, 20)[i])) satisfies ProbedRun],
  ])('passes an honest run: %s', (_, run) => {
    const report = findLookAhead(run, columns);
    expect(report).toMatchObject({ verdict: 'clean', cuts: 24, peeks: [] });
    expect(report.compared).toBeGreaterThan(1000);
  });

  it('says where the cheat looked', () => {
    const { peeks } = findLookAhead(higherTimeframeEarly, columns);
    for (const { cut, index } of peeks) {
      expect(cut - index).toBeGreaterThan(0);
      expect(cut - index).toBeLessThan(4);
    }
    expect(findLookAhead(fillOnTheSameCandle, columns).peeks.every(({ cut, index }) => index === cut)).toBe(true);
  });

  it('does not pass a run that says nothing, or one that says something else each time', () => {
    expect(findLookAhead(() => [], columns).verdict).toBe('nothing_compared');
    const rng = createRng(1);
    expect(findLookAhead(({ close }) => each(close, () => rng.next()), columns).verdict).toBe('not_deterministic');
  });

  it('cuts at places that do not fall into step with a higher timeframe', () => {
    const seen = new Set<number>();
    findLookAhead(({ close }) => {
      seen.add(close.length % 4);
      return each(close, (i) => close[i]);
    }, columns);
    expect(seen.size).toBe(4);
  });

  it('is not fooled by a run that writes into its input', () => {
    const spoiler: ProbedRun = ({ close }) => {
      const said = each(close, (i) => close[i]);
      close.fill(0);
      return said;
    };
    expect(findLookAhead(spoiler, columns).verdict).toBe('clean');
    expect(columns.close[5]).toBeGreaterThan(0);
  });

  it('allows for rounding when it is told to', () => {
    const rounding: ProbedRun = ({ close }) =>
      each(close, (i) => (close[i] as number) * (1 + 1e-15 * (close.length % 7)));
    expect(findLookAhead(rounding, columns).verdict).toBe('look_ahead');
    expect(findLookAhead(rounding, columns, { tolerance: 1e-12 }).verdict).toBe('clean');
  });
});

describe('the shipped families', () => {
  let spec: AgentSpec;
  beforeAll(() => {
    const decision = spawn(spawnInputOf({}, { context: contextOf({ adx14: 31 }) }));
    if (decision.kind !== 'spawn') throw new Error(decision.why);
    spec = decision.spec;
  });

  it.each(listFamilies().map((family) => [family.name, family] as const))(
    '%s does not look ahead, flat or holding',
    (name, family) => {
      const agent: AgentSpec = {
        ...spec,
        family: name,
        parameters: { ...family.defaults, ...onHourly(name) },
        interval: '1h',
        lifespan: { expiresAt: unixMs(Number.MAX_SAFE_INTEGER), maxBars: 1_000_000 },
      };
      let kinds = new Set<string>();
      const run: ProbedRun = (given: CandleColumns) => {
        const series = seriesOf(given);
        const said: Reading[] = [];
        // The whole series is handed over at every moment: what lies after `asOf` must make no difference.
        for (let index = 170; index < given.close.length; index += 3) {
          const asOf = unixMs((given.openTime[index] as number) + HOUR);
          for (const holding of [false, true]) {
            const { kind, reason } = decide(agent, {
              asOf,
              series,
              holding,
              barsHeld: holding ? 3 : 0,
              news: swingingNews.at(asOf),
            });
            said.push({ index, known: 'close', value: `${kind}: ${reason}` });
            kinds.add(`${kind} ${holding}`);
          }
        }
        return said;
      };
      kinds = new Set();
      const report = findLookAhead(run, columns, { cuts: 8, from: 200 });
      expect(report).toMatchObject({ verdict: 'clean', cuts: 8 });
      expect(report.compared).toBeGreaterThan(500);
      // A pass of a family that only ever waits would prove little.
      expect(kinds).toEqual(new Set(['enter false', 'hold false', 'exit true', 'hold true']));
    },
  );
});

describe('the shift control', () => {
  const returns = Float64Array.from(columns.close, (close, i) => close / (columns.open[i] as number) - 1);

  it('is suspicious of a position that knew its candle: one candle later the edge is gone', () => {
    const { open, close } = randomMarket(createRng(5), 600);
    const driftless = Float64Array.from(close, (price, i) => price / (open[i] as number) - 1);
    const control = shiftControl(driftless.map(Math.sign), driftless);
    expect(control).toMatchObject({ suspicious: true });
    if ('notEnough' in control) throw new Error('not enough');
    expect(control.edges[0]?.t).toBeGreaterThan(10);
    expect(Math.abs(control.edges[1]?.t ?? 9)).toBeLessThan(4);
  });

  it('lets a slow honest edge pass', () => {
    const [fast, slow] = [sma(columns.close, 5), sma(columns.close, 30)];
    const trending = Float64Array.from(returns, (_, i) =>
      i > 30 && (fast[i - 1] as number) > (slow[i - 1] as number) ? 1 : 0,
    );
    expect(shiftControl(trending, returns)).toMatchObject({ suspicious: false });
  });

  it('of a run that hardly held anything is not enough data', () => {
    expect(shiftControl(new Float64Array(600), returns)).toEqual({
      notEnough: { have: 0, need: 30, of: 'candles with a position' },
    });
  });
});
