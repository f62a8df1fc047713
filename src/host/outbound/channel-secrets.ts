import { OUTBOUND_CHANNELS, type OutboundChannel } from '#core/alerts/outbound-setting.ts';
import type { ExchangeKeys } from '#core/ports/exchange-keys.ts';
import type { Logger } from '#core/ports/logger.ts';

export type ChannelSecret = { readonly user: string; readonly secret: string };

/** Under which name the vault keeps what a channel needs, unless its record names the other one. */
export const firstNameOf = (channel: OutboundChannel): string => `alert-${channel}`;
const otherNameOf = (channel: OutboundChannel): string => `alert-${channel}-2`;

const venueOf = (channel: OutboundChannel): string => `alerts-${channel}`;

const NAMES: ReadonlySet<string> = new Set(
  OUTBOUND_CHANNELS.flatMap((channel) => [firstNameOf(channel), otherNameOf(channel)]),
);
const VENUES: ReadonlySet<string> = new Set(OUTBOUND_CHANNELS.map(venueOf));
/** Whether a name in the vault belongs to the alerts. */
export const isOfChannel = (name: string): boolean => NAMES.has(name);

/**
 * What the channels are sent with, in the vault. Each channel has two names there: a new secret is kept under the one that no record names,
 * then a record names it, then the other one is dropped. So whatever ends in between, a place only ever gets the secret that was given for it.
 */
export type ChannelSecrets = {
  has(name: string): boolean;
  read(name: string): ChannelSecret;
  /** Keeps it beside the one that is named now, and answers under which name. */
  keep(channel: OutboundChannel, secret: ChannelSecret, named: string | undefined): string;
  /** Nothing happens when there is none. What cannot be dropped is told to the log and dropped at the next start. */
  drop(name: string): void;
  /** What an end of the program left between a secret and its record. */
  dropAllBut(named: ReadonlySet<string>): void;
};

export function openChannelSecrets(keys: () => ExchangeKeys, logger: Pick<Logger, 'error'>): ChannelSecrets {
  // By both: a key of an exchange that was given such a name before it was taken is never ours to drop.
  const names = (): readonly string[] =>
    keys()
      .names()
      .filter(({ name, venue }) => isOfChannel(name) && VENUES.has(venue))
      .map(({ name }) => name);
  const dropEach = (isDropped: (name: string) => boolean): void => {
    try {
      for (const name of names()) if (isDropped(name)) keys().remove(name);
    } catch (error) {
      logger.error('a secret that no channel of alerts uses any more could not be dropped', error);
    }
  };
  return {
    has: (name) => names().includes(name),
    read(name) {
      const { apiKey, secret } = keys().read(name);
      return { user: apiKey, secret };
    },
    keep(channel, { user, secret }, named) {
      const name = named === firstNameOf(channel) ? otherNameOf(channel) : firstNameOf(channel);
      keys().put({ name, venue: venueOf(channel), apiKey: user, secret });
      return name;
    },
    drop: (name) => dropEach((one) => one === name),
    dropAllBut: (named) => dropEach((one) => !named.has(one)),
  };
}
