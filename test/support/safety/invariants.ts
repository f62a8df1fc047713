import { parseDecimal, toFloat } from '#core/domain/decimal.ts';
import { DEFAULT_LIMITS } from '#core/risk/risk-limits.ts';
import { type Decided, type Entry, FEE_BPS, type Situation } from './decision-path.ts';

const HOUR_MS = 3_600_000;
/** Rounding of floats, in quote. */
const CENT = 0.01;
const number = (text: string): number => toFloat(parseDecimal(text));
const limit = {
  reduceOnlyAt: toFloat(DEFAULT_LIMITS.reduceOnlyAt),
  halveAt: toFloat(DEFAULT_LIMITS.halveAt),
  maxDrawdown: toFloat(DEFAULT_LIMITS.maxDrawdown),
  dayLoss: toFloat(DEFAULT_LIMITS.dayLoss),
  gapFraction: toFloat(DEFAULT_LIMITS.gapFraction),
  gapAtr: toFloat(DEFAULT_LIMITS.gapAtr),
  order: toFloat(DEFAULT_LIMITS.maxOrderFraction),
  symbol: toFloat(DEFAULT_LIMITS.maxSymbolFraction),
  gross: toFloat(DEFAULT_LIMITS.maxGrossFraction),
  openRisk: toFloat(DEFAULT_LIMITS.maxOpenRisk),
  collar: toFloat(DEFAULT_LIMITS.priceCollar),
};

/**
 * Every rule that an entry must keep, worked out again from the situation alone, in floats and by hand: nothing here asks the stages that
 * decided. Answers what is broken; nothing for a decision without an entry.
 */
export function brokenRules(situation: Situation, { entry }: Decided): readonly string[] {
  if (entry === undefined) return [];
  const broken: string[] = [];
  const must = (what: string, holds: boolean): void => {
    if (!holds) broken.push(what);
  };
  const { state, access, dataFault, ageMs, news, moment } = situation;
  must('the engine is active', state === 'active');
  must('agents may act', access.mode === 'full' && access.lock === 'open');
  must('the data are fresh', dataFault === null && ageMs >= 0 && ageMs <= 2 * HOUR_MS);
  must('a long entry with a stop below it', entry.side === 'buy' && entry.stop > 0 && entry.stop < entry.price);
  must('no entry against bad news', news === undefined || news.risk !== 'high');
  const { regime, bias } = moment.rules;
  must('the rules do not stand aside', ['trending_up', 'ranging', 'breakout'].includes(regime));
  must('the rules have the direction', bias === 'long' || (regime === 'ranging' && bias === 'none'));
  return [...broken, ...brokenMoney(situation, entry)];
}

function brokenMoney(
  { equity, peakEquity, dayStartEquity, others, policy, moment }: Situation,
  entry: Entry,
): string[] {
  const broken: string[] = [];
  const must = (what: string, holds: boolean): void => {
    if (!holds) broken.push(what);
  };
  const has = toFloat(equity);
  const peak = Math.max(has, toFloat(peakEquity));
  const dayStart = toFloat(dayStartEquity);
  const drawdown = (peak - has) / peak;
  const half = drawdown >= limit.halveAt ? 0.5 : 1;
  const notional = entry.price * entry.quantity;
  const fees = ((entry.price + entry.stop) * entry.quantity * FEE_BPS) / 10_000;
  const loss = (entry.price - entry.stop) * entry.quantity + fees;
  const gap = (entry.price * limit.gapFraction + moment.atr * limit.gapAtr) * entry.quantity;
  const taken = {
    notional: others === undefined ? 0 : toFloat(others.notional),
    risk: others === undefined ? 0 : toFloat(others.loss) + toFloat(others.gap),
    cash: others === undefined ? 0 : toFloat(others.cash),
  };
  must('drawdown below the last band', drawdown < limit.reduceOnlyAt + 1e-12);
  must(
    'the day has not lost too much',
    (dayStart - has) / dayStart < Math.min(limit.dayLoss, number(policy.dayLoss)) + 1e-12,
  );
  must('risk of the trade', loss <= has * number(policy.riskPerTrade) * half + CENT);
  must('notional of the agent', notional <= has * number(policy.maxNotionalFraction) * half + CENT);
  must('size of one order', notional <= has * limit.order + CENT);
  must('exposure of the instrument', notional + taken.notional <= has * limit.symbol + CENT);
  must('exposure of the account', notional + taken.notional <= has * limit.gross + CENT);
  must('open risk of the account', loss + gap + taken.risk <= has * limit.openRisk + CENT);
  must('worst loss inside the drawdown', has - loss - gap - taken.risk > peak * (1 - limit.maxDrawdown) - CENT);
  must('cash', notional * (1 + limit.collar) + taken.cash <= has + CENT);
  return broken;
}

/** What a decision exposes: the notional of the position that it begins, all parts together; 0 without one. */
export const exposureOf = ({ entry }: Decided): number =>
  entry === undefined ? 0 : entry.price * entry.quantity * entry.parts;

/** A lot of the dearest market here, and what a part may differ by. */
export const noMoreThan = (a: Decided, b: Decided): boolean => exposureOf(a) <= exposureOf(b) + CENT;
