import type { Mode } from '#core/automation/types.ts';
import { formatDecimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { isOpenStatus } from '#core/execution/lifecycle.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { ExchangeKeys } from '#core/ports/exchange-keys.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { RiskLimits } from '#core/risk/risk-limits.ts';
import type { TradingState } from '#core/risk/types.ts';
import type { AccountView } from '#shared/contract/accounts.ts';
import { countText } from '#shared/format/names.ts';
import type { CancelTarget } from '../kill-switch/types.ts';
import type { ManualAccount } from '../manual/manual-account.ts';
import {
  addAccountConfig,
  readAccountConfigs,
  removeAccountConfig,
  type VenueAccountConfig,
} from './account-config.ts';
import type { VenueAccount } from './venue-account.ts';

export type VenueAccountsOptions = {
  readonly journal: JournalStore;
  readonly keys: ExchangeKeys;
  readonly logger: Logger;
  readonly tradingState: () => TradingState;
  readonly mode: () => Mode;
  readonly limits: () => RiskLimits;
  readonly cancelTargets: CancelTarget[];
  readonly onChange: () => void;
  readonly onBreach: (reason: string) => void;
  /** Nothing may be decided any more: the kill switch. */
  readonly onBroken: (account: string, error: unknown) => void;
};

/** The accounts at venues of this data folder. */
export type VenueAccounts = {
  views(): readonly AccountView[];
  /** Undefined for a name that is none. Throws Fault `refused` for one that is not connected. */
  manual(name: string): ManualAccount | undefined;
  /** Throws Fault when the name is taken, the keys are missing or the exchange is not known. */
  add(config: VenueAccountConfig): Promise<AccountView>;
  remove(name: string): Promise<void>;
  /** Why the engine should not be closed for a while: an order is on its way somewhere. Resting ones may wait. */
  busy(): string | undefined;
  close(): Promise<void>;
};

/** Opens every account that the journal knows; they connect in the background, so that a venue that is down keeps nothing from starting. */
export async function openVenueAccounts(options: VenueAccountsOptions): Promise<VenueAccounts> {
  const { journal, keys, logger, cancelTargets } = options;
  const open = new Map<string, VenueAccount>();
  /** Accounts that could not even be opened, and why. */
  const shut = new Map<string, { readonly config: VenueAccountConfig; readonly why: string }>();
  const now = (): UnixMs => unixMs(Date.now());

  const start = async (config: VenueAccountConfig): Promise<VenueAccount> => {
    // ccxt is large: loaded only by those who have an account.
    const { openVenueAccount } = await import('./venue-account.ts');
    const account = await openVenueAccount({
      config,
      keys: keysOf(config, keys),
      journal,
      logger,
      chance: Math.random,
      tradingState: options.tradingState,
      mode: options.mode,
      limits: options.limits,
      onChange: options.onChange,
      onBroken: options.onBroken,
      onBreach: options.onBreach,
    });
    open.set(config.name, account);
    cancelTargets.push(account.target);
    return account;
  };

  for (const config of readAccountConfigs(journal)) {
    try {
      await start(config);
    } catch (error) {
      const why = error instanceof Fault ? `${error.message}; ${error.remedy}` : 'it could not be opened; see the log';
      logger.error(`account ${config.name} could not be opened`, error);
      shut.set(config.name, { config, why });
    }
  }

  return {
    views: () => [...[...open.values()].map(accountView), ...[...shut.values()].map(shutView)],
    manual(name) {
      const failed = shut.get(name);
      if (failed !== undefined)
        throw new Fault(
          'refused',
          `account ${name} is not open: ${failed.why}`,
          'mend that, then start the engine again',
        );
      return open.get(name)?.manual();
    },
    async add(config) {
      keysOf(config, keys);
      if (open.has(config.name) || shut.has(config.name))
        throw new Fault('refused', `the name ${config.name} is taken`, 'choose another name for the account');
      // Opened first: an exchange that is not known must not become a record.
      const account = await start(config);
      try {
        addAccountConfig(journal, config, now());
      } catch (error) {
        await drop(account);
        throw error;
      }
      return accountView(account);
    },
    async remove(name) {
      const account = open.get(name);
      const resting = account === undefined ? 0 : restingOrders(account);
      if (resting > 0)
        throw new Fault(
          'refused',
          `account ${name} has ${countText(resting, 'order')} of ours that may still fill`,
          'cancel them first: mt order ls and mt order cancel, or mt kill',
        );
      removeAccountConfig(journal, name, now());
      shut.delete(name);
      if (account !== undefined) await drop(account);
    },
    busy() {
      const name = [...open.values()].find((account) => account.status().unresolved > 0)?.config.name;
      return name === undefined ? undefined : `nobody knows yet what became of an order of account ${name}`;
    },
    async close() {
      await Promise.all([...open.values()].map((account) => account.close()));
    },
  };

  async function drop(account: VenueAccount): Promise<void> {
    open.delete(account.config.name);
    const at = cancelTargets.indexOf(account.target);
    if (at >= 0) cancelTargets.splice(at, 1);
    await account.close();
  }
}

function keysOf({ name, exchange }: VenueAccountConfig, keys: ExchangeKeys): ReturnType<ExchangeKeys['read']> {
  const found = keys.read(name);
  if (found.venue === exchange) return found;
  throw new Fault(
    'usage',
    `the keys ${name} are for ${found.venue}, not for ${exchange}`,
    `store keys for ${exchange} under another name: mt keys add`,
  );
}

const restingOrders = (account: VenueAccount): number => {
  try {
    return account
      .manual()
      .desk.execution.orders()
      .filter(({ status }) => isOpenStatus(status)).length;
  } catch {
    return 0;
  }
};

const accountView = (account: VenueAccount): AccountView => {
  const { config } = account;
  const { state, why, streamLost, unresolved, reconciledAt, difference, shortfalls, foreign, equity, quoteAsset } =
    account.status();
  return {
    ...config,
    instruments: [...config.instruments],
    state,
    why: why?.slice(0, 400) ?? null,
    streamLost,
    reconciledAt: reconciledAt ?? null,
    difference: difference?.slice(0, 400) ?? null,
    shortfalls: shortfalls.map(({ asset, ours, theirs }) => ({
      asset,
      ours: formatDecimal(ours),
      theirs: formatDecimal(theirs),
    })),
    unresolved,
    foreign: foreign.map(({ venueOrderId, instrumentId, side, quantity }) => ({
      venueOrderId,
      instrument: instrumentId,
      side,
      quantity: formatDecimal(quantity),
    })),
    equity: equity ?? null,
    quoteAsset: quoteAsset ?? null,
  };
};

const shutView = ({ config, why }: { readonly config: VenueAccountConfig; readonly why: string }): AccountView => ({
  ...config,
  instruments: [...config.instruments],
  state: 'refused',
  why: why.slice(0, 400),
  streamLost: false,
  reconciledAt: null,
  difference: null,
  shortfalls: [],
  unresolved: 0,
  foreign: [],
  equity: null,
  quoteAsset: null,
});
