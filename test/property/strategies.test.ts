import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanReversionSchema } from '#core/agent/families/mean-reversion.ts';
import { trendFollowingSchema } from '#core/agent/families/trend-following.ts';
import { familyOf, listFamilies } from '#core/agent/family-registry.ts';
import type { TradeIntent } from '#core/agent/types.ts';
import type { CandleSeries } from '#core/domain/candle.ts';
import { FAMILIES, type FamilyName, type FamilyParameters } from '#core/domain/strategy.ts';
import { createRng } from '#core/kernel/rng.ts';
import { closeTimeAt, seriesUntil, tapeOf } from '#test/support/candle-tapes.ts';

/** A market that changes its mind: trends up and down and ranges, each for a while, so that every branch of a family is reached. */
function wanderingTape(seed: number, length: number): CandleSeries {
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
  return tapeOf(closes, '1h', 0.002);
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const families = fc.constantFrom<FamilyName>(...FAMILIES);

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const parameters: Readonly<Record<FamilyName, fc.Arbitrary<FamilyParameters>>> = {
  'trend-following': fc
    .record({
      fastLength: fc.integer({ min: 5, max: 50 }),
      slowLength: fc.integer({ min: 15, max: 120 }),
      minAdx: number(0, 40),
      trailLength: fc.integer({ min: 5, max: 60 }),
      trailAtr: number(1.5, 6),
    })
    .filter(({ fastLength, slowLength }) => fastLength < slowLength),
  'mean-reversion': fc.record({
    length: fc.integer({ min: 10, max: 60 }),
    deviations: number(1, 3.5),
    entryZone: number(0, 0.3),
    rsiLength: fc.integer({ min: 5, max: 30 }),
    entryRsi: number(15, 48),
    exitRsi: number(50, 80),
    maxAdx: number(15, 60),
    maxBarsHeld: fc.integer({ min: 2, max: 200 }),
  }),
};
const familyAndParameters = families.chain((name) => parameters[name].map((chosen) => ({ name, chosen })));

const decideAt = (
  name: FamilyName,
  series: CandleSeries,
  index: number,
  holding: boolean,
  given?: FamilyParameters,
): TradeIntent => {
  const family = familyOf(name);
  const view = { asOf: closeTimeAt(series, index), series, holding, barsHeld: holding ? 1 : 0 };
  return family.decide(view, given ?? family.defaults);
};

/** The longest memory that each family may have: where a decision would depend on how much history was loaded, if it did. */
const SLOWEST: Readonly<Record<FamilyName, FamilyParameters>> = {
  'trend-following': { ...familyOf('trend-following').defaults, slowLength: 120 },
  'mean-reversion': { ...familyOf('mean-reversion').defaults, length: 60, rsiLength: 30 },
};

describe('every strategy family', () => {
  it('decides the same at t whether or not the candles after t exist', () => {
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(
        seeds,
        familyAndParameters,
        fc.integer({ min: 0, max: 519 }),
        fc.boolean(),
        (seed, { name, chosen }, t, holding) => {
          const whole = wanderingTape(seed, 520);
          const now = decideAt(name, whole, t, holding, chosen);
          expect(now).toEqual(decideAt(name, seriesUntil(whole, t), t, holding, chosen));
          kinds.set(now.kind, (kinds.get(now.kind) ?? 0) + 1);
        },
      ),
      { numRuns: 400 },
    );
    // A property that only ever saw "hold" would prove nothing.
    expect(kinds.get('enter') ?? 0).toBeGreaterThan(5);
    expect(kinds.get('exit') ?? 0).toBeGreaterThan(5);
  });

  it('sees the same moment the same way however much older history is loaded', () => {
    fc.assert(
      fc.property(seeds, families, fc.integer({ min: 0, max: 400 }), (seed, name, dropped) => {
        const whole = wanderingTape(seed, 901);
        const shorter = { interval: whole.interval, candles: whole.candles.slice(dropped) };
        const given = SLOWEST[name];
        expect(decideAt(name, shorter, 900 - dropped, false, given)).toEqual(decideAt(name, whole, 900, false, given));
      }),
      { numRuns: 60 },
    );
  });

  it('never sells short, never enters and exits on the same candle, and always says why', () => {
    let entries = 0;
    fc.assert(
      fc.property(seeds, familyAndParameters, (seed, { name, chosen }) => {
        const tape = wanderingTape(seed, 460);
        for (let t = 400; t < 460; t += 3) {
          const flat = decideAt(name, tape, t, false, chosen);
          expect(flat.reason).toMatch(/\d|shorts/);
          expect(flat.reason.length).toBeLessThan(200);
          if (flat.kind !== 'enter') continue;
          entries++;
          expect(flat.direction).toBe('long');
          expect(decideAt(name, tape, t, true, chosen).kind).toBe('hold');
        }
      }),
      { numRuns: 60 },
    );
    expect(entries).toBeGreaterThan(30);
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
    for (const schema of [trendFollowingSchema, meanReversionSchema]) {
      for (const field of Object.values(schema.shape)) expect(field.description?.length ?? 0).toBeGreaterThan(10);
    }
  });
});
