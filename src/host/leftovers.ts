import { sha256 } from '#adapters/digest/sha256.ts';
import { openAccount, type TradingAccount } from '#core/cycle/account.ts';
import { closeOut, heldOf, type Resting } from '#core/cycle/close-out.ts';
import { type CycleJournal, openCycleJournal } from '#core/cycle/cycle-journal.ts';
import { priceDecimalsOf } from '#core/cycle/price-decimals.ts';
import { payloadOf } from '#core/cycle/records.ts';
import {
  add,
  type Decimal,
  divide,
  formatDecimal,
  isPositive,
  multiply,
  parseDecimal,
  subtract,
} from '#core/domain/decimal.ts';
import type { AgentId, UnixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { fillFromPayload } from '#core/execution/records.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { reconciliationText } from '#core/ledger/reconcile.ts';
import { projectCycle } from '#core/projections/cycle-view.ts';
import { exactBps } from '#core/risk/limits.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { countText } from '#shared/format/names.ts';
import type { EngineParts } from './parts.ts';

/** A cycle on the standing account that did not come to its own end: cut off by the end of a process, or broken. */
export type Leftover = {
  readonly started: JournalRecord;
  /** Why it did not end by itself, in words. */
  readonly why: string;
  readonly kind: 'interrupted' | 'failed';
  /** Market time of the last thing recorded, when the process ended; absent while it runs. */
  readonly offlineSince?: UnixMs;
};

/** What ending a cycle takes. */
type SettleParts = Pick<EngineParts, 'storage' | 'account' | 'logger' | 'instruments' | 'tradingState'> & {
  readonly market: Pick<EngineParts['market'], 'clock' | 'feed'>;
  /** Of a market that went on meanwhile; what rests there meets its candles instead of being canceled. */
  readonly resting?: Resting;
};

/** A market that went on is left at its next minute, whatever the agent lived on. */
const CLOSING_INTERVAL = '1m';

const OPEN = new Set(['submitted', 'accepted', 'partially_filled', 'pending_cancel']);
const R_DECIMALS = 4;

/**
 * Ends a cycle for it: cancels what rests, closes what is held at market through gate, venue, ledger and journal, and writes the end with
 * its proof. Throws when that cannot be done now (no room to write, no market); then it can be tried again.
 */
export async function settle(
  leftover: Leftover,
  parts: SettleParts,
  onRecord: (record: JournalRecord) => void = () => {},
): Promise<void> {
  const { started } = leftover;
  const { storage, account, market, logger } = parts;
  const setup = payloadOf(started, 'cycle.started');
  const why = inWords(leftover, setup.interval, market.clock.now());
  const journal = openCycleJournal(storage.journal, started.cycle, started.runId, onRecord);
  const earlier = storage.journal.readCycle(started.cycle);
  const view = projectCycle(earlier, priceDecimalsOf(parts.instruments))?.view;
  const spawned = earlier.find((record) => record.type === 'agent.spawned');
  const agent = spawned === undefined ? undefined : payloadOf(spawned, 'agent.spawned');

  const { resting } = parts;
  if (view !== undefined && agent !== undefined && resting === undefined)
    cancelResting(view, agent.agentId, journal, parts);
  const instrument = parts.instruments.find(({ id }) => id === setup.instrumentId);
  const own = ownAccount(started, earlier, instrument, account);
  const isOpen = instrument !== undefined && (resting !== undefined || heldOf(own.account, instrument) !== undefined);
  if (agent !== undefined && isOpen) {
    await closeOut({
      setup: {
        instrument,
        interval: resting === undefined ? setup.interval : CLOSING_INTERVAL,
        feeBps: parseDecimal(setup.feeBps),
        halfSpreadBps: parseDecimal(setup.halfSpreadBps),
      },
      account,
      own: own.account,
      feed: market.feed,
      journal,
      // Ids of its own: the cycle's counters went with its process, and a second try must not reuse the first one's.
      ids: createIdFactory(sha256, { settles: started.runId, cycle: started.cycle, records: earlier.length }),
      agentId: agent.agentId,
      envelope: agent.spec.envelope,
      tradingState: parts.tradingState.state(),
      now: market.clock.now(),
      ...(resting === undefined ? {} : { resting }),
    });
  }
  writeEnd({ ...leftover, why }, earlier, own, journal, parts);
  if (agent !== undefined) account.reservations.end(agent.agentId);
  logger.warn('a cycle was ended for it', { cycle: started.cycle, why });
}

type OwnAccount = { readonly account: TradingAccount; readonly start: ReturnType<TradingAccount['valued']> };

/** What the cycle's agent did, from its records: others may hold something on the account too, which is none of its business. */
function ownAccount(
  started: JournalRecord,
  records: readonly JournalRecord[],
  instrument: Instrument | undefined,
  standing: TradingAccount,
): OwnAccount {
  const setup = payloadOf(started, 'cycle.started');
  const account = openAccount({
    scope: 'run',
    asset: standing.asset,
    startingCash: parseDecimal(setup.startingEquity),
    openedAt: started.ts,
  });
  const start = account.valued();
  if (instrument === undefined) return { account, start };
  for (const record of records)
    if (record.type === 'order.filled')
      account.book(fillFromPayload(payloadOf(record, 'order.filled'), record.ts), instrument);
  const last = standing.prices().get(instrument.id);
  if (last !== undefined) account.mark(instrument.id, last, started.ts);
  return { account, start };
}

/**
 * Names the stretch of market time in which nobody watched, and the candles that closed in it. The simulated market stands while the program
 * is off, so they are few there, no order is filled from them, and what was held is closed at the next one; a venue's are played to what
 * rested.
 */
function inWords({ why, offlineSince: from }: Leftover, interval: Interval, now: UnixMs): string {
  if (from === undefined) return why;
  const missed = Math.floor(now / INTERVAL_MS[interval]) - Math.floor(from / INTERVAL_MS[interval]);
  return `${why}; offline window ${utcText(from)} to ${utcText(now)}, ${countText(missed, `${interval} candle`)} missed`;
}

function cancelResting(view: CycleView, agentId: AgentId, journal: CycleJournal, { market }: SettleParts): void {
  for (const order of view.orders) {
    if (!OPEN.has(order.status)) continue;
    journal.write('order.canceled', market.clock.now(), {
      clientOrderId: order.clientOrderId,
      agentId,
      reason: 'the cycle was ended for it',
      status: 'canceled',
      filledQuantity: order.filledQuantity,
    });
  }
}

function writeEnd(
  leftover: Leftover,
  earlier: readonly JournalRecord[],
  own: OwnAccount,
  journal: CycleJournal,
  parts: SettleParts,
): void {
  const { account, market, storage } = parts;
  const now = market.clock.now();
  const judged = earlier.find((record) => record.type === 'analyst.assessed');
  const spawned = earlier.find((record) => record.type === 'agent.spawned');
  const traded = earlier.some((record) => record.type === 'order.filled');
  if (judged === undefined || spawned === undefined || !traded) {
    if (leftover.kind === 'failed') journal.write('cycle.failed', now, { error: leftover.why });
    else journal.write('cycle.interrupted', now, { reason: leftover.why });
    return;
  }
  const barsLived = Math.max(0, earlier.filter((record) => record.type === 'agent.decided').length - 1);
  const { agentId } = payloadOf(spawned, 'agent.spawned');
  if (!earlier.some((record) => record.type === 'agent.retired')) {
    journal.write('agent.retired', now, { agentId, why: leftover.why, barsLived });
  }
  const proof = own.account.proofSince(own.start);
  const netPnl = subtract(proof.grossPnl, proof.fees);
  journal.write('cycle.completed', now, {
    outcome: 'interrupted',
    reason: leftover.why,
    regime: payloadOf(judged, 'analyst.assessed').assessment.regime,
    netPnl: formatDecimal(netPnl),
    r: multipleOfRisk(netPnl, storage.journal.readCycle(leftover.started.cycle)),
    fees: formatDecimal(proof.fees),
    barsLived,
    peakEquity: formatDecimal(account.peakEquity()),
    reconciliation: reconciliationText(proof),
  });
}

/** R of a cycle from its records: what the entry risked down to its stop, both fees included. "0" when that was never recorded. */
function multipleOfRisk(netPnl: Decimal, records: readonly JournalRecord[]): string {
  const approved = records.find((record) => record.type === 'risk.approved');
  const entry = records.find((record) => record.type === 'order.filled');
  const begun = records[0];
  if (approved === undefined || entry === undefined || begun === undefined) return '0';
  const { stop } = payloadOf(approved, 'risk.approved');
  if (stop === null) return '0';
  const { price, quantity } = payloadOf(entry, 'order.filled');
  const feeBps = parseDecimal(payloadOf(begun, 'cycle.started').feeBps);
  const [paid, exit] = [parseDecimal(price), parseDecimal(stop)];
  const risk = multiply(add(subtract(paid, exit), exactBps(add(paid, exit), feeBps)), parseDecimal(quantity));
  return isPositive(risk) ? formatDecimal(divide(netPnl, risk, R_DECIMALS, 'half-up')) : '0';
}
