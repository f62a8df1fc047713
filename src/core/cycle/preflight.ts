import { moneyText } from '#shared/format/figures.ts';
import { compare, type Decimal, formatDecimal, isPositive, multiply, subtract } from '../domain/decimal.ts';
import { drawdownReached } from '../risk/limits.ts';
import type { RiskLimits } from '../risk/risk-limits.ts';
import type { TradingState } from '../risk/types.ts';

/** What a press needs, in the order in which it is looked at. */
export const PREFLIGHT_ROWS = [
  'reconciled',
  'journal',
  'data',
  'instrument',
  'account',
  'limits',
  'mode',
  'gate',
  'analyst',
] as const;
export type PreflightName = (typeof PREFLIGHT_ROWS)[number];

/** `note` lets a press through and says what will be different; `blocked` does not. */
export type PreflightRow = {
  readonly name: PreflightName;
  readonly state: 'ready' | 'note' | 'blocked';
  readonly detail: string;
  /** What to do; null where nothing has to be done. */
  readonly remedy: string | null;
};

export type PreflightView = {
  /** Cycles of an earlier process that are not ended yet. */
  readonly unsettled: number;
  /** Why nothing can be recorded; null while it can. */
  readonly journalFault: string | null;
  /** Age of the newest candle in market time; null without one. */
  readonly dataAgeMs: number | null;
  readonly dataFault: string | null;
  readonly instrument: string;
  readonly known: boolean;
  readonly equity: Decimal;
  readonly cash: Decimal;
  readonly peakEquity: Decimal;
  readonly dayStartEquity: Decimal;
  readonly quoteAsset: string;
  readonly limits: RiskLimits;
  readonly mode: 'full' | 'semi' | 'manual' | 'emergency';
  readonly tradingState: TradingState;
  readonly analyst: { readonly kind: 'rules' | 'model'; readonly label: string };
};

/** In market time: two candles of the longest interval that a press takes by itself. */
const STALE_MS = 2 * 3_600_000;

const ready = (name: PreflightName, detail: string): PreflightRow => ({ name, state: 'ready', detail, remedy: null });
const note = (name: PreflightName, detail: string, remedy: string): PreflightRow => ({
  name,
  state: 'note',
  detail,
  remedy,
});
const blocked = (name: PreflightName, detail: string, remedy: string): PreflightRow => ({
  name,
  state: 'blocked',
  detail,
  remedy,
});

/** Everything that a press needs, each with its state, so that nobody presses into a refusal. Looks only; nothing is recorded. */
export const preflightOf = (view: PreflightView): readonly PreflightRow[] => [
  view.unsettled === 0
    ? ready('reconciled', 'nothing is left open')
    : note(
        'reconciled',
        `${view.unsettled} earlier ${view.unsettled === 1 ? 'cycle is' : 'cycles are'} still being ended`,
        'a press ends them first; look at Health if that does not come about',
      ),
  view.journalFault === null
    ? ready('journal', 'writable')
    : blocked('journal', 'nothing can be recorded', view.journalFault),
  dataRow(view),
  view.known
    ? ready('instrument', view.instrument)
    : blocked('instrument', `${view.instrument} is not listed`, 'choose an instrument that this engine knows'),
  isPositive(view.equity) && isPositive(view.cash)
    ? ready('account', moneyText(formatDecimal(view.equity), view.quoteAsset))
    : blocked('account', 'there is no money to trade with', 'release locked profit, or close a position'),
  limitsRow(view),
  modeRow(view),
  gateRow(view),
  view.analyst.kind === 'model'
    ? ready('analyst', view.analyst.label)
    : note('analyst', view.analyst.label, 'rules suffice; a local model is asked as well when there is one'),
];

function dataRow({ dataFault, dataAgeMs }: PreflightView): PreflightRow {
  if (dataFault !== null) return blocked('data', dataFault, 'wait until the prices can be trusted again');
  if (dataAgeMs === null) return blocked('data', 'no candle is known', 'look at the feed on Health');
  return dataAgeMs > STALE_MS
    ? blocked('data', 'the newest candle is old; nothing is opened on it', 'the feed has to catch up; look at Health')
    : ready('data', 'fresh');
}

function limitsRow({ equity, peakEquity, dayStartEquity, limits }: PreflightView): PreflightRow {
  const lost = subtract(dayStartEquity, equity);
  if (isPositive(lost) && compare(lost, multiply(dayStartEquity, limits.dayLoss)) >= 0)
    return blocked('limits', 'the loss of the day is at its limit', 'entries begin again with the next day in UTC');
  if (drawdownReached(equity, peakEquity, limits.reduceOnlyAt))
    return blocked('limits', 'the drawdown lets only out', 'nothing opens until the drawdown is smaller');
  return drawdownReached(equity, peakEquity, limits.halveAt)
    ? note('limits', 'half size because of the drawdown', 'sizes are whole again when the drawdown is smaller')
    : ready('limits', 'set, with room');
}

function modeRow({ mode }: PreflightView): PreflightRow {
  if (mode === 'emergency')
    return blocked('mode', 'emergency', 'leave emergency: resume trading with a reason, or choose another mode');
  return mode === 'manual'
    ? blocked(
        'mode',
        'manual',
        'in this mode agents take no new risk; choose one yourself, change the mode at the top, or order by hand',
      )
    : ready('mode', mode === 'full' ? 'full autonomy' : 'semi-automatic');
}

function gateRow({ tradingState }: PreflightView): PreflightRow {
  if (tradingState === 'halted') return blocked('gate', 'Trading is halted', 'resume it first, at the top right');
  return tradingState === 'reducing'
    ? blocked('gate', 'entries are halted', 'resume them first, at the top right')
    : ready('gate', 'open');
}
