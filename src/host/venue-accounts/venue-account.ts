import { createSteadyClock, createSystemClock } from '#adapters/clock-system/system-clock.ts';
import { openCcxtGateway } from '#adapters/venue-ccxt/gateway.ts';
import { type CcxtLiveMarket, openLiveMarket } from '#adapters/venue-ccxt/open-live-market.ts';
import { formatDecimal } from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { LiveVenueStatus } from '#core/order-protocol/live-venue.ts';
import type { ExchangeKey } from '#core/ports/exchange-keys.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { CancelTarget } from '../kill-switch/types.ts';
import type { ManualAccount } from '../manual/manual-account.ts';
import type { VenueAccountConfig } from './account-config.ts';
import { type AccountDesk, type AccountDeskParts, openAccountDesk } from './account-desk.ts';
import { accountTarget } from './account-target.ts';

/** `connecting` until the venue has told its instruments and balances; `refused` when its keys must not be used. */
export type VenueAccountStatus = {
  readonly state: 'connecting' | 'refused' | LiveVenueStatus['state'];
  readonly why: string | undefined;
  readonly streamLost: boolean;
  readonly unresolved: number;
  readonly reconciledAt: LiveVenueStatus['reconciledAt'];
  readonly difference: LiveVenueStatus['difference'];
  readonly shortfalls: LiveVenueStatus['shortfalls'];
  readonly foreign: LiveVenueStatus['foreign'];
  readonly equity: string | undefined;
  readonly quoteAsset: string | undefined;
};

export type VenueAccount = {
  readonly config: VenueAccountConfig;
  status(): VenueAccountStatus;
  /** Throws Fault `refused` with what it waits for while the account is not connected. */
  manual(): ManualAccount;
  readonly target: CancelTarget;
  /** Waits a little for what is on its way, then stops asking and listening. Orders at the venue stay as they are, with the stops that protect. */
  close(): Promise<void>;
};

export type VenueAccountOptions = Omit<AccountDeskParts, 'gateway' | 'market' | 'instruments' | 'journal'> & {
  readonly config: VenueAccountConfig;
  readonly keys: ExchangeKey;
  readonly journal: JournalStore;
  readonly logger: Logger;
  readonly chance: () => number;
};

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** A venue that does not answer within this must not keep the program from ending; the next start looks for the order. */
const ARRIVE_MS = 8_000;
const ARRIVE_LOOK_MS = 20;

/** Opens an account and goes on trying in the background until its venue answers. Throws only when the exchange is not one of ccxt's. */
export async function openVenueAccount(options: VenueAccountOptions): Promise<VenueAccount> {
  const { config, keys, logger, chance } = options;
  const clocks = { wall: createSystemClock(), steady: createSteadyClock() };
  const reach = {
    id: config.exchange,
    clocks,
    chance,
    ...(config.url === undefined ? { sandbox: config.environment === 'sandbox' } : { url: config.url }),
  };
  const { apiKey, secret, password } = keys;
  const gateway = await openCcxtGateway({
    ...reach,
    keys: { apiKey, secret, ...(password === undefined ? {} : { passphrase: password }) },
  });
  const { traits, budget } = gateway.open;
  const market = await openLiveMarket(traits.countsDataApart ? reach : { ...reach, budget });
  const ending = createAbortSource();
  let desk: AccountDesk | undefined;
  let state: 'connecting' | 'refused' = 'connecting';
  let why: string | undefined = 'the first answer of the venue';

  const attempt = async (): Promise<boolean> => {
    try {
      await gateway.ready();
      const instruments = await listed(config, market);
      const balances = await gateway.balances();
      if (balances.kind === 'failed') throw new Error(balances.reason);
      if (ending.token.aborted) return true;
      desk = openAccountDesk({ ...options, gateway, market, instruments }, balances.value);
      return true;
    } catch (error) {
      why = error instanceof Error ? error.message : 'the venue did not answer';
      // Keys that may withdraw and instruments that are not there do not get better by asking again.
      if (error instanceof Fault && (error.code === 'refused' || error.code === 'not_found')) state = 'refused';
      return state === 'refused';
    }
  };
  const connected = (async () => {
    for (let wait = FIRST_RETRY_MS; !ending.token.aborted; wait = Math.min(wait * 2, LONGEST_RETRY_MS)) {
      if (await attempt()) return;
      logger.warn('a venue account is not connected yet', { account: config.name, why });
      await pause(wait * (0.5 + chance() / 2), clocks.steady, ending.token);
    }
  })();

  return {
    config,
    status() {
      if (desk === undefined)
        return {
          state,
          why,
          streamLost: false,
          unresolved: 0,
          reconciledAt: undefined,
          difference: undefined,
          shortfalls: [],
          foreign: [],
          equity: undefined,
          quoteAsset: undefined,
        };
      const { account } = desk;
      return { ...desk.venueStatus(), equity: formatDecimal(account.equity()), quoteAsset: account.asset };
    },
    manual() {
      if (desk !== undefined) return desk.manual;
      throw new Fault(
        'refused',
        `account ${config.name} is ${state}: ${why ?? ''}`,
        state === 'refused' ? 'mend that, then remove the account and add it again' : 'wait, or see mt account ls',
      );
    },
    target: accountTarget({ name: config.name, gateway, desk: () => desk }),
    async close() {
      // The stop of what was just bought must reach the venue, and that of what was just sold must be gone: nobody looks after this.
      for (const end = clocks.steady.now() + ARRIVE_MS; desk?.inTransit() && clocks.steady.now() < end; )
        await pause(ARRIVE_LOOK_MS, clocks.steady, ending.token);
      ending.abort('the account is closed');
      await connected;
      desk?.close();
      await Promise.all([market.close(), gateway.close()]);
    },
  };
}

/** The instruments of the account as the venue lists them now. Throws Fault `not_found` for one that it does not list. */
async function listed(config: VenueAccountConfig, market: CcxtLiveMarket): Promise<readonly Instrument[]> {
  const answer = await market.instruments();
  if (answer.kind === 'failed') throw new Error(answer.reason);
  const found = config.instruments.map((symbol) => {
    const instrument = answer.value.find((one) => one.symbol === symbol);
    if (instrument !== undefined) return instrument;
    throw new Fault(
      'not_found',
      `${config.exchange} does not list ${symbol}`,
      'remove the account and add it with others',
    );
  });
  const quotes = new Set(found.map(({ quote }) => quote));
  if (quotes.size > 1)
    throw new Fault(
      'refused',
      `account ${config.name} mixes instruments in ${[...quotes].join(' and ')}`,
      'one account counts in one asset: add one account for each',
    );
  return found;
}

function pause(
  ms: number,
  clock: ReturnType<typeof createSteadyClock>,
  abort: ReturnType<typeof createAbortSource>['token'],
): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.setTimer((clock.now() + Math.round(ms)) as Parameters<typeof clock.setTimer>[0], resolve);
    abort.onAbort(() => {
      cancel();
      resolve();
    });
  });
}
