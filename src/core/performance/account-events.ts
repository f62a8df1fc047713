import { payloadOf } from '../cycle/records.ts';
import { divide, multiply, parseDecimal, plainText, toFloat } from '../domain/decimal.ts';
import type { InstrumentId } from '../domain/ids.ts';
import type { JournalRecord } from '../journal/types.ts';
import type { FillEvent, Owner, PerformanceEvent } from './types.ts';

const BY_HAND = 0;
const RISK_DECIMALS = 12;

/** `BTC` and `USDT` of `BTC/USDT.BINANCE`. */
export function assetsOf(id: InstrumentId): { readonly base: string; readonly quote: string } {
  const symbol = symbolOf(id);
  const [base = symbol, quote = ''] = symbol.split('/');
  return { base, quote };
}

/** `BTC/USDT` of `BTC/USDT.BINANCE`. */
export const symbolOf = (id: InstrumentId): string => id.split('.')[0] ?? id;

/** What of the records of one account moves its result, and who did it. Records are given once each, in their order. */
export type AccountEvents = {
  take(record: JournalRecord): void;
  readonly events: readonly PerformanceEvent[];
  /** Orders by hand, and cycles that told nothing of themselves, answer an owner without an agent. */
  readonly ownerOf: (cycle: number) => Owner;
};

type Entry = { readonly quantity: string; readonly loss: string };

export function createAccountEvents(): AccountEvents {
  const events: PerformanceEvent[] = [];
  const owners = new Map<number, Owner>();
  const instruments = new Map<number, InstrumentId>();
  const entries = new Map<string, Entry>();
  const seen = new Set<string>();
  const ownerOf = (cycle: number): Owner => owners.get(cycle) ?? { cycle, agentId: null, family: null, regime: null };

  function fillOf(record: JournalRecord & { readonly type: 'order.filled' | 'position.external' }): void {
    const filled = payloadOf(record, record.type);
    // The books count a trade once, whoever reports it again.
    if (seen.has(filled.tradeId)) return;
    seen.add(filled.tradeId);
    const instrumentId = filled.instrumentId as InstrumentId;
    const { base, quote } = assetsOf(instrumentId);
    const quantity = parseDecimal(filled.quantity);
    const plan = filled.purpose === 'entry' ? entries.get(filled.clientOrderId) : undefined;
    const event: FillEvent = {
      kind: 'fill',
      ts: record.ts,
      cycle: record.cycle,
      instrumentId,
      side: filled.side,
      price: parseDecimal(filled.price),
      quantity,
      fee: parseDecimal(filled.fee),
      feeIn: filled.feeAsset === quote ? 'quote' : filled.feeAsset === base ? 'base' : 'other',
      risk:
        plan === undefined
          ? null
          : toFloat(
              divide(
                multiply(parseDecimal(plan.loss), quantity),
                parseDecimal(plan.quantity),
                RISK_DECIMALS,
                'half-up',
              ),
            ),
    };
    events.push(event);
  }

  return {
    events,
    ownerOf,
    take(record) {
      const { cycle } = record;
      if (record.type === 'cycle.started') instruments.set(cycle, payloadOf(record, record.type).instrumentId);
      if (record.type === 'agent.spawned' && cycle !== BY_HAND) {
        const { agentId, spec } = payloadOf(record, record.type);
        owners.set(cycle, { cycle, agentId, family: spec.family, regime: spec.regime });
      }
      if (record.type === 'risk.approved') {
        const { reserved, quantity } = payloadOf(record, record.type);
        if (reserved !== undefined) entries.set(reserved.clientOrderId, { quantity, loss: reserved.loss });
      }
      if (record.type === 'agent.decided') {
        const instrumentId = instruments.get(cycle);
        const { close } = payloadOf(record, record.type);
        // A decision without a candle names no price; zero would be a loss of all that is held.
        if (instrumentId !== undefined && close > 0)
          events.push({ kind: 'mark', ts: record.ts, instrumentId, price: parseDecimal(plainText(close)) });
      }
      if (record.type === 'order.filled' || record.type === 'position.external')
        fillOf(record as JournalRecord & { readonly type: 'order.filled' | 'position.external' });
    },
  };
}
