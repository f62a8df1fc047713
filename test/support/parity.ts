import { playAgent, runAccount } from '#core/backtest/agent-player.ts';
import type { AnyDraft } from '#core/cycle/cycle-journal.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import type { AgentId, ClientOrderId, LessonId, RunId, TradeId, UnixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { canonicalJson } from '#core/kernel/canonical-json.ts';
import type { IdFactory } from '#core/kernel/ids.ts';
import type { AgentSpec } from '#core/spawner/types.ts';

/** A recorded or replayed fact as text: equal text, equal bytes. */
export type FactLine = string;

export const factLine = (type: string, ts: number, payload: string): FactLine => `${ts} ${type} ${payload}`;

/** What a life, its orders and its money write. The rest of a cycle belongs to analyst, spawner and memory. */
const LIVED = /^(agent\.decided|risk\.|order\.|ledger\.posted)/;
export const isLived = (type: string): boolean => LIVED.test(type);

const plain = (draft: AnyDraft): FactLine =>
  factLine(draft.type, draft.ts, canonicalJson(JSON.parse(JSON.stringify(draft.payload))));

/** Hands out recorded ids in their order, because a replay of one life makes none of its own. */
export function idsFrom(orders: readonly string[], trades: readonly string[], agentId: string): IdFactory {
  const [nextOrder, nextTrade] = [orders.values(), trades.values()];
  const take = (ids: IterableIterator<string>): string => ids.next().value ?? 'the replay asked for one id more';
  return {
    runId: 'R-000000000000' as RunId,
    agentId: () => agentId as AgentId,
    clientOrderId: () => take(nextOrder) as ClientOrderId,
    tradeId: () => take(nextTrade) as TradeId,
    lessonId: () => 'L-000000000000' as LessonId,
  };
}

export type Replay = {
  readonly spec: AgentSpec;
  readonly instrument: Instrument;
  readonly candles: readonly ClosedCandle[];
  readonly spawnedAt: UnixMs;
  readonly cash: string;
  readonly feeBps: string;
  readonly halfSpreadBps: string;
  readonly ids: IdFactory;
  /** Closed candles that the agent had behind it. */
  readonly history: number;
};

/** Plays the agent through the back-tester and answers everything that it wrote. */
export function replay({ spec, instrument, candles, spawnedAt, cash, feeBps, halfSpreadBps, ids, history }: Replay) {
  const lines: FactLine[] = [];
  const first = candles.findIndex((candle) => candle.closeTime > spawnedAt);
  const split = first < 0 ? candles.length : first;
  const account = runAccount(instrument, parseDecimal(cash), spawnedAt);
  const last = candles[split - 1];
  if (last === undefined) throw new Error('no candle before the spawn');
  const life = playAgent({
    spec,
    instrument,
    series: { interval: spec.interval, candles: candles.slice(Math.max(0, split - history), split) },
    spawnedAt,
    next: (after) => candles.find((candle) => candle.closeTime > after),
    account,
    ids,
    feeBps: parseDecimal(feeBps),
    halfSpreadBps: parseDecimal(halfSpreadBps),
    write: (draft) => lines.push(plain(draft)),
    report: (fault) => {
      throw fault;
    },
  });
  return { lines, life, account };
}
