import { setTimeout as sleep } from 'node:timers/promises';
import type { Announcement } from '#core/alerts/alert-desk.ts';
import { isUrgentEnough, type OutboundChannel, type OutboundSetting } from '#core/alerts/outbound-setting.ts';
import { draft, type PayloadOf, payloadOf } from '#core/cycle/records.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { AlertStore, EgressEntry } from '#core/ports/alert-store.ts';
import type { ExchangeKeys } from '#core/ports/exchange-keys.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { Alerts } from '../alerts/open-alerts.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';
import { checkAddress, checkHost, type Resolve } from './addresses.ts';
import { type ChannelSecret, firstNameOf, openChannelSecrets } from './channel-secrets.ts';
import { hostOf, type OutboundMessage, sendOnce } from './send.ts';

/** Where a channel leads, and the name of what it is sent with in the vault. */
type Channel = { readonly setting: OutboundSetting; readonly secret: string };

/** Waits between the tries of one message. */
const WAITS_MS = [1_000, 5_000] as const;
/** More than this wait for a host that does not answer: what comes then is told at home alone. */
const MOST_WAITING = 50;

export type OutboundDesk = {
  note(record: JournalRecord): void;
  /** After the journal was played: drops secrets that no record names. */
  begin(): void;
  settings(): readonly OutboundSetting[];
  hasSecret(channel: OutboundChannel): boolean;
  /** Checks, keeps the secret in the vault, records, then sends from here on. Throws Fault; then all is sent as before, with the secret of before. */
  set(setting: OutboundSetting, secret: ChannelSecret | undefined, ts: UnixMs): void;
  /** Throws Fault `not_found`. */
  remove(channel: OutboundChannel, ts: UnixMs): void;
  heard(announcement: Announcement): void;
  /** Sends one message now, once. Throws Fault `unreachable` that says what went wrong. */
  test(channel: OutboundChannel): Promise<void>;
  log(limit: number): readonly EgressEntry[];
  close(): void;
};

export type OutboundOptions = {
  readonly journal: () => JournalStore;
  readonly keys: () => ExchangeKeys;
  readonly store: Pick<AlertStore, 'addEgress' | 'egress'>;
  readonly alerts: () => Pick<Alerts, 'raise'>;
  readonly logger: Logger;
  readonly now?: () => number;
  /** Resolves after so long; shorter only in tests. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Finds the addresses of a mail server's name; the system's own unless a test answers. */
  readonly resolve?: Resolve;
};

/** Over at once when `signal` says so; leaves nothing behind on it. */
const waitFor = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);

/** Sends alerts out of this machine, over the channels that the master has set and no others. One message at a time for each. */
export function openOutbound(options: OutboundOptions): OutboundDesk {
  const { store, logger, now = Date.now, wait = waitFor } = options;
  const channels = new Map<OutboundChannel, Channel>();
  const secrets = openChannelSecrets(options.keys, logger);
  const queues = new Map<OutboundChannel, { tail: Promise<void>; waiting: number }>();
  const closing = new AbortController();

  const kept = (entry: EgressEntry): void => {
    try {
      store.addEgress(entry);
    } catch (error) {
      logger.error('what was sent outside could not be written down', error);
    }
  };
  const record = (payload: PayloadOf<'outbound.changed'>, ts: UnixMs): void =>
    void options.journal().append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, 'outbound.changed', payload)]);
  const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'no reason given');

  /** Each try goes where the channel leads by then, as it is set by then: a new secret never goes to an old place. Nothing once it was removed. */
  async function deliver(channel: OutboundChannel, alert: Announcement['alert']): Promise<void> {
    let last: { readonly host: string; readonly why: string } | undefined;
    for (let tries = 1; tries <= WAITS_MS.length + 1 && !closing.signal.aborted; tries += 1) {
      const set = channels.get(channel);
      if (set === undefined) return;
      const { setting, secret } = set;
      const host = hostOf(setting);
      const tried = { channel, host, kind: alert.kind, tries };
      try {
        await sendOnce(setting, secrets.read(secret), messageOf(alert, setting.amounts), now, options.resolve);
        return kept({ ...tried, at: unixMs(now()), outcome: 'sent' });
      } catch (error) {
        last = { host, why: reasonOf(error) };
        kept({ ...tried, at: unixMs(now()), outcome: 'failed' });
        const pause = WAITS_MS[tries - 1];
        if (pause !== undefined) await wait(pause, closing.signal);
      }
    }
    if (closing.signal.aborted || last === undefined) return;
    const facts = { tries: WAITS_MS.length + 1, channel, ...last };
    options
      .alerts()
      .raise({ kind: 'outbound_failed', facts, environment: null, link: '/settings/notifications', about: channel });
  }

  function enqueue(channel: OutboundChannel, alert: Announcement['alert']): void {
    const queue = queues.get(channel) ?? { tail: Promise.resolve(), waiting: 0 };
    queues.set(channel, queue);
    if (queue.waiting >= MOST_WAITING) return logger.warn('too many alerts wait for a channel', { channel });
    queue.waiting += 1;
    queue.tail = queue.tail
      .then(() => deliver(channel, alert))
      .catch((error: unknown) => logger.error('an alert could not be sent', error))
      .finally(() => {
        queue.waiting -= 1;
      });
  }

  return {
    note(record) {
      if (record.type !== 'outbound.changed') return;
      const { channel, setting, secret = firstNameOf(channel) } = payloadOf(record, 'outbound.changed');
      if (setting === null) channels.delete(channel);
      else channels.set(channel, { setting, secret });
    },
    begin: () => secrets.dropAllBut(new Set([...channels.values()].map(({ secret }) => secret))),
    settings: () => [...channels.values()].map(({ setting }) => setting),
    hasSecret(channel) {
      const set = channels.get(channel);
      return set !== undefined && secrets.has(set.secret);
    },
    set(setting, secret, ts) {
      const { channel } = setting;
      if (setting.channel === 'email') checkHost(setting.host);
      else checkAddress(setting.channel === 'webhook' ? setting.url : setting.api);
      const before = channels.get(channel);
      // Whoever may change where alerts go must not learn by it what they are sent with.
      if (secret === undefined && before !== undefined && placeOf(before.setting) !== placeOf(setting))
        throw new Fault(
          'usage',
          `the channel ${channel} would go to another place with the secret of the one before`,
          'give the secret of the new place',
        );
      const named = this.hasSecret(channel) ? before?.secret : undefined;
      const name = secret === undefined ? named : secrets.keep(channel, secret, before?.secret);
      if (name === undefined)
        throw new Fault(
          'usage',
          `the channel ${channel} is new and lacks its secret`,
          'give it; it is kept in the vault',
        );
      try {
        record({ channel, setting, secret: name }, ts);
      } catch (error) {
        if (name !== before?.secret) secrets.drop(name);
        throw error;
      }
      channels.set(channel, { setting, secret: name });
      if (before !== undefined && before.secret !== name) secrets.drop(before.secret);
    },
    remove(channel, ts) {
      const before = channels.get(channel);
      if (before === undefined) throw unset(channel);
      record({ channel, setting: null }, ts);
      channels.delete(channel);
      secrets.drop(before.secret);
    },
    heard({ alert, tell }) {
      // That a channel does not work is told at home: sent outside it would go round in circles.
      if (!tell || alert.kind === 'outbound_failed') return;
      for (const { setting } of channels.values())
        if (isUrgentEnough(alert.urgency, setting.least)) enqueue(setting.channel, alert);
    },
    async test(channel) {
      const set = channels.get(channel);
      if (set === undefined) throw unset(channel);
      const { setting } = set;
      const message = {
        id: 0,
        kind: 'test',
        urgency: 'low',
        environment: null,
        at: now(),
        text: 'This is a test: the channel works.',
      };
      const entry = { at: unixMs(now()), channel, host: hostOf(setting), kind: 'test', tries: 1 };
      try {
        await sendOnce(setting, secrets.read(set.secret), message, now, options.resolve);
        kept({ ...entry, outcome: 'sent' });
      } catch (error) {
        kept({ ...entry, outcome: 'failed' });
        throw new Fault(
          'unreachable',
          `the test did not arrive: ${reasonOf(error)}`,
          'check the address and the secret, then test again',
        );
      }
    },
    log: (limit) => store.egress(limit),
    close: () => closing.abort(),
  };
}

const messageOf = (
  { id, kind, urgency, environment, at, text, hidden }: Announcement['alert'],
  amounts: boolean,
): OutboundMessage => ({
  id,
  kind,
  urgency,
  environment,
  at,
  text: amounts ? text : hidden,
});

/** Where a secret is taken to. */
const placeOf = (setting: OutboundSetting): string =>
  setting.channel === 'email' ? `${setting.host}:${setting.port}` : hostOf(setting);

const unset = (channel: OutboundChannel): Fault =>
  new Fault('not_found', `the channel ${channel} is not set`, 'list what is set: mt outbound show');
