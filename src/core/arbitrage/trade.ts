import {
  absolute,
  add,
  compare,
  type Decimal,
  decimal,
  isNegative,
  isZero,
  max,
  multiply,
  negate,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { Asset } from '../domain/money.ts';
import type { Opportunity } from './detect.ts';
import { type LegOutcome, type PairAction, planFor, REMEDIES, type Remedy } from './leg-failure-plan.ts';
import type { LegOrder, LegReport, LegVenue } from './leg-venue.ts';
import type { Leg, LegName } from './legs.ts';
import { isQuote } from './quotes.ts';
import { facing, routeLot } from './size.ts';
import { inSteps } from './steps.ts';
import type { ArbitrageMarket, Seen } from './types.ts';

export type TradeTerms = {
  /** How much worse than its planned price a rest may be sold or bought, in basis points. */
  readonly mostLossBps: Decimal;
  /** Attempts within that bound; afterwards the rest is ended at any price, because the bet itself has no bound. */
  readonly patience: number;
};

export type TradeView = {
  readonly opportunity: Opportunity;
  readonly state: 'open' | 'closed';
  readonly first: Readonly<Partial<Record<LegName, LegOutcome>>>;
  /** The cells of the plan that were gone through, in order, each once. */
  readonly actions: readonly PairAction[];
  readonly remedies: readonly (Remedy | 'forced')[];
  /** Largest amount of the base asset that was bought and not sold, or sold and not bought. */
  readonly mostExposed: Decimal;
  readonly closedAt: UnixMs | undefined;
  readonly reports: readonly LegReport[];
  /** What the trade changed of an asset, on all venues together; exact. */
  changeOf(asset: Asset): Decimal;
};

export type Trade = {
  readonly view: TradeView;
  /** Goes on with the plan at a moment: looks, or sends at most one order. */
  step(now: UnixMs): void;
};

/** Sends every leg at once and then follows the plan for whatever comes back. One trade at a time: its size is the bound of the exposure. */
export function openTrade(
  opportunity: Opportunity,
  now: UnixMs,
  venue: LegVenue,
  look: (market: ArbitrageMarket, at: UnixMs) => Seen,
  terms: TradeTerms,
): Trade {
  const { route, legs, quantity } = opportunity;
  const base = route.buy.base;
  const lot = routeLot(route);
  const reports: LegReport[] = [];
  const actions: PairAction[] = [];
  const remedies: (Remedy | 'forced')[] = [];
  const sent = new Map<LegName, LegReport>();
  let closedAt: UnixMs | undefined;
  let attempts = 0;
  let tried: Remedy | undefined;
  let mostExposed: Decimal = ZERO;

  const changeOf = (asset: Asset): Decimal => changeOfReports(reports, asset);
  const send = (order: LegOrder, at: UnixMs): LegReport => {
    const report = venue.send(order, at);
    reports.push(report);
    return report;
  };
  for (const leg of legs) sent.set(leg.name, send(leg, now));
  mostExposed = absolute(changeOf(base));

  const outcomeOf = (name: LegName, at: UnixMs): LegOutcome => {
    const report = sent.get(name);
    if (report === undefined) throw new Error(`a trade without its ${name} leg`);
    return report.knownAt > at ? 'late' : report.outcome;
  };

  /** The markets on which a rest may end, hedge before unwind. */
  const marketFor = (remedy: Remedy, side: 'buy' | 'sell'): Leg => {
    const name = (remedy === 'hedge') === (side === 'sell') ? 'sell' : 'buy';
    const leg = legs.find((one) => one.name === name);
    if (leg === undefined) throw new Error(`a trade without its ${name} leg`);
    return leg;
  };

  /** Ends `rest` of the base asset, if a market takes it at a price that is still allowed. */
  function level(rest: Decimal, at: UnixMs): void {
    const side = isNegative(rest) ? 'buy' : 'sell';
    attempts += 1;
    const forced = attempts > terms.patience;
    const last = reports.at(-1);
    // A venue that gave nothing may be out for long: the other one comes first then.
    const order = tried === 'hedge' && last !== undefined && isZero(last.filled) ? REMEDIES.toReversed() : REMEDIES;
    for (const remedy of order) {
      const { market, limit: planned } = marketFor(remedy, side);
      const worst = worstOf(planned, side, market, terms.mostLossBps);
      const best = bestOf(look(market, at), side);
      if (best === undefined) continue;
      if (!forced && (side === 'buy' ? compare(best, worst) > 0 : compare(best, worst) < 0)) continue;
      send({ market, side, quantity: absolute(rest), ...(forced ? {} : { limit: worst }) }, at);
      tried = remedy;
      remedies.push(forced ? 'forced' : remedy);
      return;
    }
  }

  /** Turns what is left of the foreign asset, or what is missing of it, back into home. Dust below a lot stays. */
  function convertRest(at: UnixMs): boolean {
    const { convert } = route;
    if (convert === undefined) return true;
    const { market } = convert;
    const change = changeOf(market.base);
    const side = isNegative(change) ? 'buy' : 'sell';
    const amount = inSteps(absolute(change), market.lot, side === 'buy' ? 'up' : 'down');
    if (isZero(amount)) return true;
    send({ market, side, quantity: amount }, at);
    return false;
  }

  return {
    view: {
      opportunity,
      actions,
      remedies,
      reports,
      changeOf,
      get state() {
        return closedAt === undefined ? 'open' : 'closed';
      },
      get first() {
        return Object.fromEntries([...sent].map(([name, { outcome, late }]) => [name, late ? 'late' : outcome]));
      },
      get mostExposed() {
        return mostExposed;
      },
      get closedAt() {
        return closedAt;
      },
    },
    step(at) {
      if (closedAt !== undefined) return;
      const action = planFor(outcomeOf('buy', at), outcomeOf('sell', at));
      if (actions.at(-1) !== action) actions.push(action);
      // Everything that was sent has to be known: the legs, the one that converts, and every remedy.
      if (action === 'look' || reports.some(({ knownAt }) => knownAt > at)) return;
      const rest = changeOf(base);
      if (compare(absolute(rest), lot) >= 0) level(rest, at);
      else if (convertRest(at)) closedAt = at;
      mostExposed = max(mostExposed, absolute(changeOf(base)));
      if (compare(mostExposed, quantity) > 0) throw new Error('a remedy made the exposure larger than the trade');
    },
  };
}

/** What fills changed of an asset: bought and sold, paid and received, and the fees. */
export function changeOfReports(reports: readonly LegReport[], asset: Asset): Decimal {
  let change: Decimal = ZERO;
  for (const { fills } of reports)
    for (const { market, side, price, size, fee } of fills) {
      const sign = side === 'buy' ? size : negate(size);
      if (market.base === asset) change = add(change, sign);
      if (market.quote === asset) change = subtract(change, add(multiply(sign, price), fee));
    }
  return change;
}

const bestOf = (seen: Seen, side: 'buy' | 'sell'): Decimal | undefined =>
  isQuote(seen) ? facing(seen, side)[0]?.price : undefined;

const BPS_SCALE = 4;
const WHOLE = decimal(10_000n);

/** The worst price at which a rest may end, rounded to our side. */
function worstOf(planned: Decimal, side: 'buy' | 'sell', market: ArbitrageMarket, mostLossBps: Decimal): Decimal {
  const share = side === 'buy' ? add(WHOLE, mostLossBps) : subtract(WHOLE, mostLossBps);
  const worst = multiply(planned, decimal(share.units, share.scale + BPS_SCALE));
  return inSteps(worst, market.tick, side === 'buy' ? 'down' : 'up');
}
