import type { Storage } from '#adapters/sqlite/open-storage.ts';
import type { TradingAccount } from '#core/cycle/account.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { Bus } from '#core/kernel/bus.ts';
import type { ExchangeKeys } from '#core/ports/exchange-keys.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { PromptParts } from '#core/ports/prompt-parts.ts';
import type { AppContract, AppEvent } from '#shared/contract/app-contract.ts';
import type { EventName } from '#shared/contract/define.ts';
import type { StepUp } from './access/step-up.ts';
import type { Alerts } from './alerts/open-alerts.ts';
import type { ApprovalDesk } from './automation/approval-desk.ts';
import type { ModeBook } from './automation/mode-book.ts';
import type { ScheduleBook } from './automation/schedule-book.ts';
import type { Durable } from './durable/open-durable.ts';
import type { KeptTexts } from './kept-texts.ts';
import type { CancelTarget } from './kill-switch/types.ts';
import type { LimitBook } from './limit-book.ts';
import type { LivePrices } from './live-prices.ts';
import type { Models } from './models.ts';
import type { NewsRuns } from './news/news-runs.ts';
import type { OutboundDesk } from './outbound/outbound-desk.ts';
import type { PaperAccounts } from './paper/paper-accounts.ts';
import type { ProfitBook } from './portfolio/profit-book.ts';
import type { PreferenceBook } from './preference-book.ts';
import type { PromptBook } from './prompt-book.ts';
import type { ScoreBook } from './scorecard/score-book.ts';
import type { SimulatedMarket } from './simulated-market.ts';
import type { PastFamilies } from './strategies/past-families.ts';
import type { TradingStateLatch } from './trading-state.ts';
import type { OpenedVault } from './vault/open-vault.ts';

/** News for the faces, by contract event. */
export type News = {
  [K in EventName<AppContract>]: { readonly name: K; readonly payload: AppEvent<K> };
}[EventName<AppContract>];

/** What the handlers of one engine share. Made once by `createEngine`. */
export type EngineParts = {
  readonly version: string;
  readonly startedAt: UnixMs;
  readonly storage: Storage;
  readonly durable: Pick<Durable, 'audit' | 'state'>;
  readonly logger: Logger;
  readonly instruments: readonly Instrument[];
  /** The instrument whose clockwork the health strip reports. */
  readonly shownInstrument: Instrument;
  readonly promptParts: PromptParts;
  /** The same parts as the master may change them. */
  readonly prompts: PromptBook;
  readonly market: SimulatedMarket;
  /** The standing simulated account. */
  readonly account: TradingAccount;
  /** What of its profit is locked. */
  readonly profitBook: ProfitBook;
  /** Live prices of venues, and the accounts that trade them with simulated fills. */
  readonly prices: LivePrices;
  readonly paper: PaperAccounts;
  /** What was spawned where; see the switches of strategies. */
  readonly pastFamilies: PastFamilies;
  /** Which runs read which items of the news. */
  readonly newsRuns: NewsRuns;
  readonly models: Models;
  /** Texts that receipts of questions to a model cite. */
  readonly texts: KeptTexts;
  readonly tradingState: TradingStateLatch;
  readonly limitBook: LimitBook;
  /** What asks the master, and what waits for him. */
  readonly modes: ModeBook;
  readonly approvals: ApprovalDesk;
  /** When the engine is to press by itself. */
  readonly schedules: ScheduleBook;
  /** What the master prefers, of window and engine; their changes are told as `preferences.changed`. */
  readonly preferences: PreferenceBook;
  /** The Alert centre. Whoever knows something that the records do not tell raises it here. */
  readonly alerts: Alerts;
  /** Alerts out of this machine, by the channels that the master set. */
  readonly outbound: OutboundDesk;
  /** What the analysts called, and what became of it. */
  readonly scores: ScoreBook;
  /** Why nothing may be decided on what is known now, because a clock jumped or the machine slept; null when nothing is known against it. */
  readonly dataFault: () => string | null;
  /** Accounts at venues beside the simulated one, for the kill switch. Whoever opens one adds it before it can send. */
  readonly cancelTargets: CancelTarget[];
  readonly protection: Pick<OpenedVault, 'slot' | 'label' | 'protectedByPassphrase'>;
  readonly news: Bus<News>;
  /** For whoever opens an account at a venue; empty and closed to new keys before there is a passphrase. */
  readonly exchangeKeys: ExchangeKeys;
  /** Asked before anything that raises risk, autonomy or rights. */
  readonly stepUp: StepUp;
};
