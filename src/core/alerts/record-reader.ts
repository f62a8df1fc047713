import { priceDecimalsOf } from '../cycle/price-decimals.ts';
import { payloadOf } from '../cycle/records.ts';
import { divide, formatDecimal, isPositive, parseDecimal, subtract } from '../domain/decimal.ts';
import { unixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { JournalRecord, RecordType } from '../journal/types.ts';
import type { Cancel, Clock } from '../kernel/clock.ts';
import { utcText } from '../kernel/utc-text.ts';
import type { Raised } from './alert-desk.ts';
import { createFillGroups } from './fill-groups.ts';
import { symbolParts } from './symbol-parts.ts';
import type { AlertEnvironment } from './types.ts';

/** What is known of a cycle until it ends. */
type CycleStory = {
  readonly environment: AlertEnvironment;
  readonly symbol: string;
  readonly quote: string;
  agent: string | undefined;
  retiredWhy: string;
};
type Place = { readonly environment: AlertEnvironment | null; readonly link: string; readonly about: string };

/** Runs whose records belong to no cycle, and the accounts that they are about. */
const MANUAL_RUN = 'R-manual';
const ACCOUNT_RUN = 'R-account-';
const FRACTION_SCALE = 6;
const MINUTE_MS = 60_000;
/** Before an approval lapses the master is reminded once. */
const REMIND_MS = 2 * MINUTE_MS;

export type RecordReader = {
  /** Learns from a record of which everybody has been told. */
  note(record: JournalRecord): void;
  /** Tells what a new record means. */
  read(record: JournalRecord): void;
  /** Tells the fills that still wait for others. */
  flush(): void;
  /** The oldest record that was read and of which nobody was told yet, because it waits for others. */
  waitingSince(): number | undefined;
};

type ReaderOptions = {
  readonly clock: Clock;
  /** Whose ticks are known without a record that tells them. */
  readonly instruments: readonly Pick<Instrument, 'id' | 'tickSize'>[];
  readonly raise: (raised: Raised) => void;
};

/** Turns records of the journal into alerts. Each record is given once, in order. */
export function createRecordReader({ clock, instruments, raise }: ReaderOptions): RecordReader {
  const decimalsOf = priceDecimalsOf(instruments);
  /** Decimals of prices by instrument, as far as they are known. */
  const decimals = new Map<string, number | null>(instruments.map(({ id, tickSize }) => [id, tickSize.scale]));
  const cycles = new Map<number, CycleStory>();
  /** Orders that are still open, by client order id: what each is for. */
  const purposes = new Map<string, { readonly purpose: string; readonly instrumentId: string }>();
  const accounts = new Map<string, AlertEnvironment>();
  /** Approvals that wait for the master, with what reminds of them. */
  const waiting = new Map<string, Cancel>();
  const groups = createFillGroups<Place>(
    clock,
    (instrumentId) => decimals.get(instrumentId) ?? null,
    ({ kind, facts, place }) => raise({ kind, facts, ...place, once: true }),
  );

  const environmentOf = ({ cycle, runId }: JournalRecord): AlertEnvironment | null => {
    const story = cycles.get(cycle);
    if (story !== undefined) return story.environment;
    if (runId === MANUAL_RUN) return 'simulated';
    return runId.startsWith(ACCOUNT_RUN) ? (accounts.get(runId.slice(ACCOUNT_RUN.length)) ?? 'live') : null;
  };
  const linkOf = ({ cycle }: JournalRecord): string => {
    const agent = cycles.get(cycle)?.agent;
    return agent === undefined ? '/portfolio' : `/agents/${agent}`;
  };
  const ownerOf = ({ cycle, runId }: JournalRecord): string => `${cycle}|${runId}`;
  const placeOf = (record: JournalRecord): Place => ({
    environment: environmentOf(record),
    link: linkOf(record),
    about: String(record.seq),
  });

  /** What has to be known of a record whether or not anybody is told of it. */
  function learn(record: JournalRecord): void {
    const { cycle } = record;
    if (record.type === 'cycle.started') {
      const started = payloadOf(record, 'cycle.started');
      const { environment, symbol, quoteAsset } = started;
      decimals.set(started.instrumentId, decimalsOf(started));
      cycles.set(cycle, { environment, symbol, quote: quoteAsset, agent: undefined, retiredWhy: '' });
    } else if (record.type === 'agent.spawned') {
      const story = cycles.get(cycle);
      if (story !== undefined) story.agent = payloadOf(record, 'agent.spawned').agentId;
    } else if (record.type === 'agent.retired') {
      const story = cycles.get(cycle);
      if (story !== undefined) story.retiredWhy = payloadOf(record, 'agent.retired').why;
    } else if (record.type === 'venue_account.added') {
      const { config } = payloadOf(record, 'venue_account.added');
      accounts.set(config.name, config.environment);
    } else if (
      record.type === 'approval.approved' ||
      record.type === 'approval.rejected' ||
      record.type === 'approval.expired'
    ) {
      const { id } = payloadOf(record, record.type);
      waiting.get(id)?.();
      waiting.delete(id);
    } else if (record.type === 'order.submitted') {
      const { clientOrderId, purpose, instrumentId } = payloadOf(record, 'order.submitted');
      purposes.set(clientOrderId, { purpose, instrumentId });
    }
  }
  function forget(record: JournalRecord): void {
    if (record.type === 'cycle.completed' || record.type === 'cycle.failed' || record.type === 'cycle.interrupted')
      cycles.delete(record.cycle);
    else if (record.type === 'order.canceled' || record.type === 'order.rejected')
      purposes.delete(payloadOf(record, record.type).clientOrderId);
    else if (record.type === 'order.filled') {
      const { clientOrderId, status } = payloadOf(record, 'order.filled');
      if (status === 'filled') purposes.delete(clientOrderId);
    }
  }

  /** What is told of each type; of the others nothing is. */
  const tellers: Partial<Record<RecordType, (record: JournalRecord, place: Place) => void>> = {
    'agent.spawned'(record, place) {
      const { agentId, spec } = payloadOf(record, 'agent.spawned');
      const { symbol } = symbolParts(spec.instrumentId);
      const facts = { agent: agentId, symbol, family: spec.family.replaceAll('-', ' '), interval: spec.interval };
      raise({ kind: 'agent_spawned', facts, ...place, once: true });
    },
    'approval.requested'(record, place) {
      const { id, kind, instrumentId, spec, expiresAt, environment } = payloadOf(record, 'approval.requested');
      const { symbol } = symbolParts(instrumentId);
      const what = `${kind === 'brief' ? 'an agent' : 'a purchase'} on ${symbol}, ${spec.family.replaceAll('-', ' ')}`;
      const ask = (about: string): void => {
        const minutesLeft = Math.max(0, Math.ceil((expiresAt - clock.now()) / MINUTE_MS));
        const facts = { id, what, minutesLeft };
        raise({ kind: 'approval_needed', facts, environment, link: `/approvals/${id}`, about, once: true });
      };
      if (expiresAt <= clock.now()) return;
      ask(place.about);
      const reminder = expiresAt - REMIND_MS;
      if (reminder <= clock.now()) return;
      waiting.set(
        id,
        clock.setTimer(unixMs(reminder), () => ask(`${place.about} again`)),
      );
    },
    'order.filled'(record, place) {
      groups.add(ownerOf(record), record.seq, payloadOf(record, 'order.filled'), place);
    },
    'order.rejected'(record, place) {
      const { clientOrderId, agentId, reason } = payloadOf(record, 'order.rejected');
      const order = purposes.get(clientOrderId);
      if (order?.purpose !== 'stop') return;
      const { symbol } = symbolParts(order.instrumentId);
      const facts = { agent: agentId, symbol, purpose: 'stop', why: reason } as const;
      raise({ kind: 'position_unprotected', facts, ...place, once: true });
    },
    'position.external'(record, place) {
      const { agentId, instrumentId, quantity, side } = payloadOf(record, 'position.external');
      const did = side === 'sell' ? 'sold' : 'bought';
      const why = `somebody else ${did} ${quantity} of ${symbolParts(instrumentId).symbol}`;
      raise({ kind: 'account_mismatch', facts: { account: `of ${agentId}`, why }, ...place, once: true });
    },
    'risk.breached'(record, place) {
      const { kind, reason, equity, peakEquity } = payloadOf(record, 'risk.breached');
      const facts = { fromPeak: fromPeak(equity, peakEquity), act: kind, reason };
      raise({ kind: 'risk_breached', facts, ...place, once: true });
    },
    'cycle.completed'(record, place) {
      const story = cycles.get(record.cycle);
      if (story?.agent === undefined) return;
      const { agent, symbol, quote, retiredWhy } = story;
      const { netPnl, r, reason, reconciliation } = payloadOf(record, 'cycle.completed');
      const facts = { agent, symbol, net: netPnl, r, quote, why: retiredWhy || reason };
      raise({ kind: 'agent_ended', facts, ...place, once: true });
      if (reconciliation.difference === '0') return;
      const why = `${reconciliation.difference} ${quote} are not explained`;
      raise({ kind: 'account_mismatch', facts: { account: `of ${agent}`, why }, ...place, once: true });
    },
    'schedule.skipped'(record, place) {
      const { due, cause, why } = payloadOf(record, 'schedule.skipped');
      // That the last agent still trades is what a schedule is for, and no news.
      if (cause === 'busy') return;
      const facts = { time: utcText(unixMs(due)), why };
      raise({ kind: 'schedule_skipped', facts, ...place, link: '/', once: true });
    },
    'cycle.failed'(record, place) {
      const facts = { cycle: record.cycle, why: payloadOf(record, 'cycle.failed').error };
      raise({ kind: 'cycle_failed', facts, ...place, once: true });
    },
  };

  return {
    note(record) {
      learn(record);
      if (record.type === 'order.filled') groups.note(ownerOf(record), payloadOf(record, 'order.filled'));
      forget(record);
    },
    read(record) {
      learn(record);
      tellers[record.type]?.(record, placeOf(record));
      forget(record);
    },
    flush: () => groups.flush(),
    waitingSince: () => groups.waitingSince(),
  };
}

const fromPeak = (equity: string, peak: string): string => {
  const top = parseDecimal(peak);
  if (!isPositive(top)) return '0';
  return formatDecimal(divide(subtract(parseDecimal(equity), top), top, FRACTION_SCALE, 'half-up'));
};
