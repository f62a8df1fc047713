import { familyOf } from '../agent/family-registry.ts';
import { HISTORY_CANDLES } from '../context/build-context.ts';
import type { AnyDraft } from '../cycle/cycle-journal.ts';
import type { ClosedCandle } from '../domain/candle.ts';
import { type Decimal, decimal, equals, formatDecimal, parseDecimal, quantizeFloat, ZERO } from '../domain/decimal.ts';
import { type UnixMs, unixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import type { FamilyName } from '../domain/strategy.ts';
import type { OrderFilledPayload, OrderSubmittedPayload } from '../execution/types.ts';
import { createIdFactory, type Digest } from '../kernel/ids.ts';
import { candleAt, seriesOfColumns, sliceColumns } from '../market/candle-columns.ts';
import { playAgent, runAccount } from './agent-player.ts';
import { plainSpec } from './agent-spec.ts';
import { assumedInstrument } from './assumed-instrument.ts';
import { createBookKeeper } from './book-keeper.ts';
import { StrategyError } from './engine.ts';
import { createRunJournal } from './journal-columns.ts';
import type { Played, PlayHooks } from './play-columns.ts';
import type { PreparedRun } from './prepare-run.ts';
import { DEFAULT_HALF_SPREAD_BPS, DEFAULT_IMPACT, DEFAULT_PARTICIPATION } from './profiles.ts';
import { watchLevels } from './trade-levels.ts';

/**
 * Plays a family of agents: one agent after another, each the moment the one before has closed its position, through the decision,
 * sizing, gate, bracket, venue and ledger of the product. A second bookkeeping of whole numbers runs beside the ledger and must agree.
 * Throws StrategyError when the family fails.
 */
export function playAgents(run: PreparedRun, name: FamilyName, digest: Digest, hooks: PlayHooks): Played {
  const { params, profiles, cash, feeBps, grid, runHash, seed } = run;
  const [{ columns, instrumentId }] = run.series;
  const { openTime, close } = columns;
  const count = columns.length;
  const step = INTERVAL_MS[columns.interval];
  const instrument = run.instrument ?? assumedInstrument(run);
  const ids = createIdFactory(digest, { backtest: runHash });
  const warmUp = familyOf(name).warmUp(params);
  const account = runAccount(instrument, cash, unixMs(openTime[0] as number));
  const keeper = createBookKeeper({ grid, cash, feeBps, feeScale: instrument.quoteScale });
  const journal = createRunJournal();
  const equity = new Float64Array(count).fill(keeper.cashFloat());
  const lotFloat = Number(formatDecimal(grid.lot));
  const numbers = new Map<string, number>();
  const risks = new Map<number, number>();
  const levels = watchLevels();
  let index = Math.min(warmUp, count) - 1;
  let candlesHeld = 0;
  // Nobody is there to resume: what is halted stays so for the rest of the run.
  let halted = false;
  let cost = { spread: ZERO, impact: ZERO };

  const closeOf = (at: number): UnixMs => unixMs((openTime[at] as number) + step);
  const closeTicks = (at: number): number =>
    grid.ticksOf(quantizeFloat(close[at] as number, grid.tick, 'half-up'), 'the close');

  const onSubmitted = (payload: OrderSubmittedPayload, ts: UnixMs): void => {
    const order = numbers.size + 1;
    numbers.set(payload.clientOrderId, order);
    if (payload.stop !== null)
      risks.set(order, closeTicks(index) - grid.ticksOf(parseDecimal(payload.stop), 'the stop'));
    const ticks = payload.price === null ? 0 : grid.ticksOf(parseDecimal(payload.price), 'the price');
    journal.write('submitted', ts, index, order, ticks, grid.lotsOf(parseDecimal(payload.quantity), 'the quantity'));
  };

  const onFilled = (payload: OrderFilledPayload): void => {
    const order = numbers.get(payload.clientOrderId) ?? 0;
    const ticks = grid.ticksOf(parseDecimal(payload.price), 'the price');
    const lots = grid.lotsOf(parseDecimal(payload.quantity), 'the quantity');
    const time = openTime[index] as number;
    keeper.fill({
      order,
      side: payload.side === 'buy' ? 1 : -1,
      ticks,
      lots,
      taker: payload.liquidity === 'taker',
      spreadTicks: signedTicks(cost.spread),
      impactTicks: signedTicks(cost.impact),
      candle: index,
      time,
      riskTicks: risks.get(order) ?? Number.NaN,
    });
    journal.write('filled', time, index, order, ticks, lots);
    if (keeper.held() === 0) levels.closed(payload.purpose);
  };
  const signedTicks = (amount: Decimal): number =>
    amount.units < 0n ? -grid.ticksOf(decimal(-amount.units, amount.scale), 'a cost') : grid.ticksOf(amount, 'a cost');

  const write = (draft: AnyDraft): void => {
    levels.note(draft);
    const { type, ts, payload } = draft;
    if (type === 'order.submitted') onSubmitted(payload, ts);
    else if (type === 'order.filled') onFilled(payload);
    else if (type === 'order.canceled' || type === 'order.rejected')
      journal.write('canceled', ts, index, numbers.get(payload.clientOrderId) ?? 0, 0, 0);
    else if (type === 'risk.denied') journal.write('refused', ts, index, 0, 0, 0);
  };

  const next = (): ClosedCandle | undefined => {
    if (index + 1 >= count) return undefined;
    index += 1;
    return candleAt(columns, index);
  };

  const onCandle = (): void => {
    const held = keeper.held();
    equity[index] = keeper.cashFloat() + held * lotFloat * (close[index] as number);
    if (held > 0) candlesHeld += 1;
  };

  const spec = plainSpec(digest, {
    family: name,
    parameters: params,
    instrumentId,
    interval: columns.interval,
    // Far enough behind the end that no agent leaves because of it: what is held then is valued at the last close.
    expiresAt: unixMs((openTime[count - 1] as number) + 1_000 * step),
    seed,
    envelope: run.envelope,
  });
  const venue = {
    ...(profiles.limits === 'default' ? { participation: DEFAULT_PARTICIPATION } : {}),
    ...(profiles.costs === 'default' ? { impact: DEFAULT_IMPACT } : {}),
    onCost: (_trade: unknown, spread: Decimal, impact: Decimal) => {
      cost = { spread, impact };
    },
  };
  hooks.onLoop?.('begin');
  try {
    while (index >= 0 && index + 1 >= warmUp && index + 1 < count) {
      const before = index;
      playAgent({
        spec,
        instrument,
        series: seriesOfColumns(sliceColumns(columns, Math.max(0, index + 1 - HISTORY_CANDLES), index + 1)),
        spawnedAt: closeOf(index),
        next,
        account,
        ids,
        feeBps,
        halfSpreadBps: profiles.costs === 'default' ? DEFAULT_HALF_SPREAD_BPS : ZERO,
        venue,
        write,
        report: (fault) => {
          throw new StrategyError(fault, closeOf(index));
        },
        onCandle,
        tradingState: () => (halted ? 'halted' : 'active'),
        halt: () => {
          halted = true;
        },
        closingTries: Number.POSITIVE_INFINITY,
        news: hooks.news,
      });
      if (index === before) throw new Error(`no agent lived beyond candle ${index}`);
      // Whoever comes next begins with what the account holds now; the equity at the last candle stands already.
    }
  } finally {
    hooks.onLoop?.('end');
  }
  const books = keeper.done(closeTicks(count - 1));
  if (!equals(parseDecimal(books.finalCash), account.cash()))
    throw new Error(`two books of one run differ: ${books.finalCash} and ${formatDecimal(account.cash())}`);
  const trades = { ...books.trades, levels: levels.done() };
  return { equity, candlesHeld, journal: journal.done(), books: { ...books, trades }, warmUp };
}
