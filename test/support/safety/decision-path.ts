import { decide } from '#core/agent/decide.ts';
import { familyOf } from '#core/agent/family-registry.ts';
import { type AnalystModel, assess } from '#core/analyst/assess.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import type { Assessment, Judgement } from '#core/analyst/types.ts';
import type { MarketContext } from '#core/context/types.ts';
import { openAccount } from '#core/cycle/account.ts';
import type { FactSink } from '#core/cycle/cycle-journal.ts';
import type { Payloads } from '#core/cycle/records.ts';
import { openTradingDesk } from '#core/cycle/trading-desk.ts';
import { type Decimal, parseDecimal } from '#core/domain/decimal.ts';
import { type AgentId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import { createIdFactory, hashOf } from '#core/kernel/ids.ts';
import type { NewsReading } from '#core/news/types.ts';
import type { PromptParts } from '#core/ports/prompt-parts.ts';
import type { Claim } from '#core/risk/claim.ts';
import { utcDayOf } from '#core/risk/high-water.ts';
import { newsSize } from '#core/risk/news-size.ts';
import { createReservationBook } from '#core/risk/reservation-book.ts';
import { DEFAULT_LIMITS } from '#core/risk/risk-limits.ts';
import type { Access, TradingState } from '#core/risk/types.ts';
import { type SpawnInput, spawn } from '#core/spawner/spawn.ts';
import type { AgentSpec, SpawnPolicy } from '#core/spawner/types.ts';
import { sha256 } from '../candle-builders.ts';
import { BTCUSDT, instrument, orderId, USDT } from '../trading-builders.ts';
import { contextAt, type Moment } from './moments.ts';

/** Everything that a decision hangs on besides the model. */
export type Situation = {
  readonly moment: Moment;
  /** From the close of the newest candle to the decision. */
  readonly ageMs: number;
  readonly news: NewsReading | undefined;
  readonly policy: SpawnPolicy;
  readonly lessons: SpawnInput['lessons'];
  readonly state: TradingState;
  readonly access: Access;
  readonly dataFault: string | null;
  /** In quote. */
  readonly equity: Decimal;
  readonly peakEquity: Decimal;
  readonly dayStartEquity: Decimal;
  /** What another agent of the account has reserved for an entry that is still open; undefined for none. */
  readonly others: Pick<Claim, 'notional' | 'loss' | 'gap' | 'cash'> | undefined;
};

/** Where a bug can be planted; each part is the engine's own unless replaced. */
export type Seams = {
  readonly assess?: (context: MarketContext, model: AnalystModel | undefined) => Promise<Assessment>;
  readonly rules?: (context: MarketContext) => Judgement;
  readonly newsSize?: (news: NewsReading | undefined) => Decimal;
  readonly policy?: (situation: Situation) => SpawnPolicy;
};

/** An order that the gate has let through, in plain numbers. */
export type Entry = {
  readonly side: string;
  readonly quantity: number;
  readonly price: number;
  readonly stop: number;
  /** In how many parts the position is bought; this is the first of them. */
  readonly parts: number;
};

export type Decided = {
  readonly assessment: Assessment;
  /** Of the agent, or undefined where none was spawned. */
  readonly spec: AgentSpec | undefined;
  readonly entry: Entry | undefined;
  /** Which part said no. */
  readonly refusedBy: string;
};

export const FEE_BPS = 10;
export const HALF_SPREAD_BPS = 2;
const NOBODY = 'A-99999999' as AgentId;

/**
 * One decision through the engine's own stages: analyst, spawner, agent, sizing, gate and reservation, on an account of its own. Nothing
 * is left out but the market's next candle.
 */
export async function decideOnce(
  situation: Situation,
  model: AnalystModel | undefined,
  promptParts: PromptParts,
  seams: Seams = {},
): Promise<Decided> {
  const { moment, news, state, access, dataFault, lessons } = situation;
  const now: UnixMs = unixMs(moment.closedAt + situation.ageMs);
  const context = contextAt(moment, now, news);
  const rules = seams.rules ?? judgeByRules;
  const judge =
    seams.assess ??
    ((of, asked) => assess({ context: of, judgeByRules: rules, model: asked, seed: 7, digest: sha256 }));
  const assessment = await judge(context, model);
  const decision = spawn({
    digest: sha256,
    assessment,
    context,
    lessons,
    policy: seams.policy?.(situation) ?? situation.policy,
    families: familyOf,
    promptParts,
    news,
    seed: 7,
    now,
  });
  if (decision.kind === 'no_trade') return { assessment, spec: undefined, entry: undefined, refusedBy: 'spawner' };
  const { spec } = decision;
  const intent = decide(spec, {
    asOf: now,
    series: moment.series,
    holding: false,
    entering: false,
    barsHeld: 0,
    tranches: 0,
    ...(news === undefined ? {} : { news }),
  });
  if (intent.kind !== 'enter') return { assessment, spec, entry: undefined, refusedBy: 'agent' };

  const approved: Payloads['risk.approved'][] = [];
  const denied: Payloads['risk.denied'][] = [];
  const journal: FactSink = {
    write(type, _ts, payload) {
      if (type === 'risk.approved') approved.push(payload as Payloads['risk.approved']);
      if (type === 'risk.denied') denied.push(payload as Payloads['risk.denied']);
    },
    writeAll() {},
  };
  const desk = openTradingDesk(
    {
      instrument,
      feeBps: parseDecimal(String(FEE_BPS)),
      halfSpreadBps: parseDecimal(String(HALF_SPREAD_BPS)),
      interval: '1h',
      at: now,
    },
    {
      account: accountOf(situation, now),
      ids: createIdFactory(sha256, 'safety'),
      allowedInstruments: [BTCUSDT],
      journal,
      tradingState: () => state,
      limits: () => DEFAULT_LIMITS,
      access: () => access,
      dataFault: () => dataFault,
      envelopeBounds: 'agent',
    },
    spec,
  );
  desk.enter(intent, moment.series, now, (seams.newsSize ?? newsSize)(news));
  const [order, ...more] = approved;
  const sent = desk.orders().filter(({ purpose }) => purpose === 'entry');
  if (order === undefined) {
    if (sent.length > 0) throw new Error('an order was sent that nobody approved');
    return { assessment, spec, entry: undefined, refusedBy: denied[0]?.check ?? 'desk' };
  }
  if (more.length > 0 || sent.length !== 1) throw new Error(`${sent.length} entries for one decision`);
  return {
    assessment,
    spec,
    refusedBy: '',
    entry: {
      side: order.side,
      quantity: Number(order.quantity),
      price: moment.context.lastClose,
      stop: Number(order.stop ?? 0),
      parts: intent.tranches ?? 1,
    },
  };
}

function accountOf({ equity, peakEquity, dayStartEquity, others }: Situation, now: UnixMs) {
  const reservations = createReservationBook();
  if (others !== undefined)
    reservations.restore({
      agentId: NOBODY,
      clientOrderId: orderId(999),
      instrumentId: BTCUSDT,
      quantity: instrument.lotSize as Claim['quantity'],
      ...others,
    });
  return openAccount({
    scope: 'run',
    asset: USDT,
    startingCash: equity,
    openedAt: now,
    highWater: { peakEquity, day: utcDayOf(now), dayStartEquity },
    reservations,
  });
}

/** A reading as the news reader makes it, whatever is in it. */
export const readingOf = (content: Omit<NewsReading, 'hash'>): NewsReading => ({
  ...content,
  hash: hashOf(sha256, 'news-reading', content),
});
