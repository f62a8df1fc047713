import { familyOf } from '#core/agent/family-registry.ts';
import type { StrategyFamily } from '#core/agent/types.ts';
import { playAgent, runAccount } from '#core/backtest/agent-player.ts';
import { plainSpec } from '#core/backtest/agent-spec.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { isZero, parseDecimal, toFloat } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import { DEFAULT_LIMITS, type RiskLimits } from '#core/risk/risk-limits.ts';
import { sha256 } from './candle-builders.ts';
import { simulatedInstrument } from './instruments.ts';

const HOUR = 3_600_000;
const DAY_CANDLES = 24;
const WARM = 30;
const START = 1_700_006_400_000;
const instrument = simulatedInstrument('BTC/USDT');

/** Wants in whenever it is out, and never out: whatever keeps the account from harm, it is not the strategy. */
const greedy: StrategyFamily = {
  ...familyOf('trend-following'),
  decide: (view) => ({
    ...(view.holding ? { kind: 'hold' as const } : { kind: 'enter' as const, direction: 'long' as const }),
    reason: 'greed',
    decidedAt: view.asOf,
  }),
};

export type PathOptions = {
  readonly seed: number;
  readonly days: number;
  /** Largest fall of the price between two candles, once a day, at the worst moment: while something is held. */
  readonly jump: number;
  /** Further falls between candles, drawn now and then. */
  readonly pool?: readonly number[];
  /** The product's own when absent; a control plants others. */
  readonly limits?: RiskLimits;
};

export type PathResult = {
  /** Largest drawdown from the highest equity at any close, as a fraction. */
  readonly drawdown: number;
  readonly entries: number;
  /** Jumps that hit a position. */
  readonly hits: number;
  readonly halted: boolean;
  /** Positions that were closed because they could have fallen through. */
  readonly flattened: number;
};

/**
 * Greedy agents with the widest envelope that there is, one after another, on a random market that jumps against them: through the life,
 * desk, sizing, gate, venue, ledger and breakers of the product.
 */
export function playPath({ seed, days, jump, pool = [], limits = DEFAULT_LIMITS }: PathOptions): PathResult {
  const rng = createRng(seed);
  const volatility = 0.0005 * 40 ** rng.next();
  const drift = (rng.next() - 0.5) * volatility;
  const candles: ClosedCandle[] = [];
  let level = 20_000 + rng.integer(40_000);
  let jumpedOn = -1;
  let hits = 0;

  const grow = (holds: boolean): ClosedCandle => {
    const index = candles.length;
    const day = Math.floor((index - WARM) / DAY_CANDLES);
    let open = level;
    const due = index >= WARM && day > jumpedOn;
    if (due && (holds ? rng.next() < 0.3 : (index - WARM) % DAY_CANDLES === DAY_CANDLES - 1)) {
      jumpedOn = day;
      // Half of them as large as may be.
      open *= 1 - (rng.next() < 0.5 ? jump : jump * rng.next());
      if (holds) hits += 1;
    } else if (pool.length > 0 && rng.next() < 0.1) open *= 1 - (pool[rng.integer(pool.length)] ?? 0);
    const close = open * Math.exp(drift + volatility * rng.normal());
    const wick = (): number => Math.exp(volatility * 0.5 * Math.abs(rng.normal()));
    level = close;
    const candle = {
      openTime: unixMs(START + index * HOUR),
      closeTime: unixMs(START + (index + 1) * HOUR),
      open: cents(open),
      high: cents(Math.max(open, close) * wick()),
      low: cents(Math.min(open, close) / wick()),
      close: cents(close),
      volume: 100,
    } as ClosedCandle;
    candles.push(candle);
    return candle;
  };
  for (let i = 0; i < WARM; i++) grow(false);

  const account = runAccount(instrument, parseDecimal('10000'), unixMs(START + WARM * HOUR));
  const holds = (): boolean => !isZero(account.state().positions.get(instrument.id)?.quantity ?? parseDecimal('0'));
  const ids = createIdFactory(sha256, { path: seed });
  const last = WARM + days * DAY_CANDLES;
  const plain = plainSpec(sha256, {
    family: 'trend-following',
    parameters: {},
    instrumentId: instrument.id,
    interval: '1h',
    expiresAt: unixMs(START + (last + 1_000) * HOUR),
    seed,
  });
  const spec = {
    ...plain,
    envelope: {
      ...plain.envelope,
      riskPerTrade: '0.02',
      maxNotionalFraction: '1',
      dayLoss: '0.05',
      stopAtr: ['1', '2', '4'][rng.integer(3)] ?? '2',
      targetAtr: '8',
    },
  };
  let halted = false;
  let entries = 0;
  let flattened = 0;
  let drawdown = 0;
  while (candles.length < last) {
    playAgent({
      spec,
      instrument,
      series: { interval: '1h', candles: [...candles] },
      spawnedAt: unixMs(START + candles.length * HOUR),
      next: () => (candles.length < last ? grow(holds()) : undefined),
      account,
      ids,
      feeBps: parseDecimal('10'),
      halfSpreadBps: parseDecimal('1'),
      tradingState: () => (halted ? 'halted' : 'active'),
      halt: () => {
        halted = true;
      },
      families: () => greedy,
      limits: () => limits,
      write: ({ type, payload }) => {
        if (type === 'order.filled' && payload.purpose === 'entry') entries += 1;
        if (type === 'risk.breached' && payload.kind === 'flatten') flattened += 1;
      },
      report: (fault) => {
        throw fault;
      },
      onCandle: () => {
        const peak = toFloat(account.peakEquity());
        drawdown = Math.max(drawdown, (peak - toFloat(account.equity())) / peak);
      },
      closingTries: Number.POSITIVE_INFINITY,
    });
  }
  return { drawdown, entries, hits, halted, flattened };
}

const cents = (value: number): number => Math.max(0.01, Math.round(value * 100) / 100);

export type PathsResult = {
  readonly paths: number;
  readonly worst: number;
  readonly worstSeed: number;
  /** Paths on which something was held, and on which a jump hit it. */
  readonly holding: number;
  readonly hit: number;
  readonly hits: number;
  readonly halted: number;
  readonly flattened: number;
};

/** Many paths, and the worst of them. */
export function playPaths(count: number, firstSeed: number, options: Omit<PathOptions, 'seed'>): PathsResult {
  const all = Array.from({ length: count }, (_, i) => ({
    seed: firstSeed + i,
    ...playPath({ ...options, seed: firstSeed + i }),
  }));
  const worst = all.reduce((a, b) => (b.drawdown > a.drawdown ? b : a));
  return {
    paths: count,
    worst: worst.drawdown,
    worstSeed: worst.seed,
    holding: all.filter(({ entries }) => entries > 0).length,
    hit: all.filter(({ hits }) => hits > 0).length,
    hits: all.reduce((sum, { hits }) => sum + hits, 0),
    halted: all.filter(({ halted }) => halted).length,
    flattened: all.reduce((sum, { flattened }) => sum + flattened, 0),
  };
}
