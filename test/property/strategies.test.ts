import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { familyOf, listFamilies } from '#core/agent/family-registry.ts';
import type { TradeIntent } from '#core/agent/types.ts';
import type { CandleSeries } from '#core/domain/candle.ts';
import { type Hash, type UnixMs, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { FAMILIES, type FamilyName, type FamilyParameters } from '#core/domain/strategy.ts';
import { createRng } from '#core/kernel/rng.ts';
import type { NewsReading } from '#core/news/types.ts';
import { closeTimeAt, seriesUntil, tapeOf } from '#test/support/candle-tapes.ts';
import * as fc from '../support/seeded-check.ts';

/** A market that changes its mind: trends up and down and ranges, each for a while, so that every branch of a family is reached. */
function wanderingTape(seed: number, length: number, interval: Interval): CandleSeries {
  const rng = createRng(seed);
  const closes: number[] = [];
  let price = 100;
  let drift = 0;
  for (let i = 0; i < length; i++) {
    if (i % 60 === 0) drift = [-0.004, 0, 0, 0.004][rng.integer(4)] as number;
    const pull = drift === 0 ? 0.05 * Math.log(100 / price) : 0;
    price *= Math.exp(drift + pull + 0.006 * rng.normal());
    closes.push(price);
  }
  return tapeOf(closes, interval, 0.002);
}

/** A scalper trades short candles only. */
const intervalOf = (name: FamilyName): Interval => (name === 'scalping' ? '1m' : '1h');

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const families = fc.constantFrom<FamilyName>(...FAMILIES);

const properties = z.object({
  properties: z.record(z.string(), z.object({ type: z.string(), minimum: z.number(), maximum: z.number() })),
});
/** The bounds as the family's own schema has them. */
const boundsOf = (name: FamilyName) => properties.parse(z.toJSONSchema(familyOf(name).schema)).properties;

/** Any parameters that the family takes. */
function parametersOf(name: FamilyName): fc.Arbitrary<FamilyParameters> {
  const fields = Object.entries(boundsOf(name)).map(([key, { type, minimum: min, maximum: max }]) => [
    key,
    type === 'integer' ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }),
  ]);
  const taken = (given: FamilyParameters): boolean => {
    try {
      familyOf(name).parse(given);
      return true;
    } catch {
      return false;
    }
  };
  return (fc.record(Object.fromEntries(fields)) as fc.Arbitrary<FamilyParameters>).filter(taken);
}
/** The usual ones half of the time: parameters by chance rarely want anything. */
const familyAndParameters = families.chain((name) =>
  fc.oneof(fc.constant(familyOf(name).defaults), parametersOf(name)).map((chosen) => ({ name, chosen })),
);

/** News of any kind, none at all among them; moments are told in candles before the decision. */
const newsBefore = fc.option(
  fc.record({
    items: fc.nat(40),
    sources: fc.nat(8),
    sentiment: fc.double({ min: -1, max: 1, noNaN: true }),
    risk: fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
    event: fc.option(
      fc.record({
        tone: fc.constantFrom('good' as const, 'bad' as const),
        age: fc.nat(20),
        sources: fc.integer({ min: 2, max: 6 }),
      }),
    ),
    fearGreed: fc.option(fc.nat(100)),
  }),
);
type NewsBefore = typeof newsBefore extends fc.Arbitrary<infer News> ? News : never;
/** News that every family likes. */
const GOOD_NEWS: NewsBefore = {
  items: 12,
  sources: 4,
  sentiment: 0.5,
  risk: 'low',
  event: { tone: 'good', age: 3, sources: 3 },
  fearGreed: 50,
};
const someNews = fc.oneof(fc.constant(GOOD_NEWS), newsBefore);

function readingAt(news: NewsBefore, asOf: UnixMs, interval: Interval): NewsReading | undefined {
  if (news === null) return undefined;
  const { event, fearGreed, ...rest } = news;
  return {
    ...rest,
    asOf,
    change: 0,
    hash: 'news' as Hash,
    ...(event === null
      ? {}
      : {
          event: {
            tone: event.tone,
            sources: event.sources,
            publishedAt: unixMs(asOf - event.age * INTERVAL_MS[interval]),
          },
        }),
    ...(fearGreed === null ? {} : { fearGreed }),
  };
}

type Asked = { readonly holding?: boolean; readonly given?: FamilyParameters; readonly news?: NewsBefore };
const decideAt = (name: FamilyName, series: CandleSeries, index: number, asked: Asked = {}): TradeIntent => {
  const family = familyOf(name);
  const { holding = false, given = family.defaults } = asked;
  const asOf = closeTimeAt(series, index);
  const news = readingAt(asked.news ?? null, asOf, series.interval);
  const view = { asOf, series, holding, barsHeld: holding ? 1 : 0, ...(news === undefined ? {} : { news }) };
  return family.decide(view, given);
};

/** The longest memory that each family may have: where a decision would depend on how much history was loaded, if it did. */
const slowest = (name: FamilyName): FamilyParameters => ({
  ...familyOf(name).defaults,
  ...Object.fromEntries(
    Object.entries(boundsOf(name))
      .filter(([key]) => /length|candles|bars/i.test(key) && !/fast|hold|held/i.test(key))
      .map(([key, { maximum }]) => [key, maximum]),
  ),
  // The last part of a position has to be bought before everything is sold.
  ...(name === 'dca' ? { holdBars: 200 } : {}),
});

describe('every strategy family', () => {
  it('decides the same at t whether or not the candles after t exist', () => {
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(
        seeds,
        familyAndParameters,
        fc.integer({ min: 0, max: 519 }),
        fc.boolean(),
        someNews,
        (seed, { name, chosen }, t, holding, news) => {
          const whole = wanderingTape(seed, 520, intervalOf(name));
          const asked = { holding, given: chosen, news };
          const now = decideAt(name, whole, t, asked);
          expect(now).toEqual(decideAt(name, seriesUntil(whole, t), t, asked));
          kinds.set(now.kind, (kinds.get(now.kind) ?? 0) + 1);
        },
      ),
      { numRuns: 600 },
    );
    // A property that only ever saw "hold" would prove nothing.
    expect(kinds.get('enter') ?? 0).toBeGreaterThan(5);
    expect(kinds.get('exit') ?? 0).toBeGreaterThan(5);
  });

  it('sees the same moment the same way however much older history is loaded', () => {
    fc.assert(
      fc.property(seeds, families, fc.integer({ min: 0, max: 400 }), (seed, name, dropped) => {
        const whole = wanderingTape(seed, 901, intervalOf(name));
        const shorter = { interval: whole.interval, candles: whole.candles.slice(dropped) };
        const asked = { given: familyOf(name).parse(slowest(name)), news: GOOD_NEWS };
        expect(decideAt(name, shorter, 900 - dropped, asked)).toEqual(decideAt(name, whole, 900, asked));
      }),
      { numRuns: 120 },
    );
  });

  it('never sells short, never enters and exits on the same candle, and always says why', () => {
    const entries = new Map<FamilyName, number>();
    fc.assert(
      fc.property(seeds, familyAndParameters, someNews, (seed, { name, chosen }, news) => {
        const tape = wanderingTape(seed, 460, intervalOf(name));
        for (let t = 400; t < 460; t += 3) {
          const flat = decideAt(name, tape, t, { given: chosen, news });
          expect(flat.reason).toMatch(/\d|shorts/);
          expect(flat.reason.length).toBeLessThan(200);
          if (flat.kind !== 'enter') continue;
          entries.set(name, (entries.get(name) ?? 0) + 1);
          expect(flat.direction).toBe('long');
          expect(decideAt(name, tape, t, { holding: true, given: chosen, news }).kind).toBe('hold');
        }
      }),
      { numRuns: 240 },
    );
    expect([...entries.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(30);
  });

  it.each(FAMILIES)(
    '%s wants something with its usual parameters: one that never did would pass everything',
    (name) => {
      let entries = 0;
      for (let seed = 1; seed <= 12; seed++) {
        const tape = wanderingTape(seed, 460, intervalOf(name));
        for (let t = 220; t < 460; t += 2) if (decideAt(name, tape, t, { news: GOOD_NEWS }).kind === 'enter') entries++;
      }
      expect(entries).toBeGreaterThan(5);
    },
  );

  it('holds or leaves at every moment of a market, whatever it is asked with, and never throws', () => {
    fc.assert(
      fc.property(
        seeds,
        familyAndParameters,
        fc.integer({ min: 0, max: 60 }),
        fc.nat(30),
        someNews,
        (seed, { name, chosen }, t, barsHeld, news) => {
          // From the first candle on, and on a market that stands still.
          const tape =
            seed % 3 === 0
              ? tapeOf(Array(61).fill(100), intervalOf(name), 0)
              : wanderingTape(seed, 61, intervalOf(name));
          const asOf = closeTimeAt(tape, t);
          const reading = readingAt(news, asOf, tape.interval);
          const view = {
            asOf,
            series: tape,
            holding: barsHeld > 0,
            barsHeld,
            ...(reading === undefined ? {} : { news: reading }),
          };
          expect(['enter', 'exit', 'hold']).toContain(familyOf(name).decide(view, chosen).kind);
        },
      ),
      { numRuns: 600 },
    );
  });

  it.each(FAMILIES.filter((name) => familyOf(name).needs === 'news'))(
    '%s opens nothing without news, and says so',
    (name) => {
      fc.assert(
        fc.property(seeds, fc.integer({ min: 200, max: 519 }), (seed, t) => {
          const tape = wanderingTape(seed, 520, '1h');
          const intent = decideAt(name, tape, t, { news: null });
          expect(intent).toMatchObject({ kind: 'hold', reason: expect.stringMatching(/no news are followed/) });
        }),
        { numRuns: 40 },
      );
    },
  );

  it.each(FAMILIES)('%s treats a reading of the future as a bug, if it reads news at all', (name) => {
    const tape = wanderingTape(3, 400, '1h');
    const asOf = closeTimeAt(tape, 300);
    const news = readingAt(GOOD_NEWS, closeTimeAt(tape, 301), '1h');
    const ask = () =>
      familyOf(name).decide(
        { asOf, series: tape, holding: false, barsHeld: 0, ...(news === undefined ? {} : { news }) },
        familyOf(name).defaults,
      );
    if (familyOf(name).needs === 'news') expect(ask).toThrow(/were read for a decision at/);
    else expect(ask).not.toThrow();
  });

  it('refuses parameters with anything unknown, missing, infinite or out of bounds', () => {
    const junk = fc.oneof(
      fc.double(),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 1e9),
      fc.string(),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(families, fc.nat(), junk, (name, pick, value) => {
        const family = familyOf(name);
        const names = Object.keys(family.defaults);
        const key = names[pick % names.length] as string;
        let accepted: FamilyParameters | undefined;
        try {
          accepted = family.parse({ ...family.defaults, [key]: value });
        } catch (error) {
          expect(String(error)).toMatch(new RegExp(`${key}|shorter`));
        }
        if (accepted === undefined) return;
        expect(Number.isFinite(accepted[key])).toBe(true);
        expect(Math.abs(accepted[key] as number)).toBeLessThanOrEqual(200);
      }),
    );
    for (const family of listFamilies()) expect(() => family.parse({ ...family.defaults, size: 5 })).toThrow(/size/);
  });

  it('describes every parameter for the person who reads it', () => {
    const described = z.object({ properties: z.record(z.string(), z.object({ description: z.string().min(11) })) });
    for (const { schema, defaults } of listFamilies())
      expect(Object.keys(described.parse(z.toJSONSchema(schema)).properties).sort()).toEqual(
        Object.keys(defaults).sort(),
      );
  });
});
