import type { LogLine } from '#adapters/logger/ring-logger.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';
import type { BiometricProvider } from './access/biometric-provider.ts';
import type { Announcement } from './alerts/open-alerts.ts';
import type { CancelTarget } from './kill-switch/types.ts';
import type { LivePrices } from './live-prices.ts';
import type { Pace, SimulatedMarket, SimulatedMarketOptions } from './simulated-market.ts';
import type { VaultOptions } from './vault/vault-options.ts';
import type { WorkerLike } from './worker-like.ts';

/** Name under which the keychain holds what is ours. */
export const KEYCHAIN_SERVICE = 'master-trader';

/** What a face must decide before there is an engine. */
export type EngineConfig = {
  /** Data folder, absolute. */
  readonly home: string;
  /** Folder of prompts, instruments and icons. */
  readonly resources: string;
  readonly version: string;
  readonly pace: Pace;
  /** Pace of the simulated market where it runs by itself; see `marketSpeed`. */
  readonly marketSpeed?: number | undefined;
  /** GGUF file of the analyst's default model; rules alone when undefined. */
  readonly modelPath: string | undefined;
  readonly forkWorker: (logger: Logger) => WorkerLike;
  /** File of the threads that play back-tests. */
  readonly labWorker: string;
  /** Starts the process of a console that a window shows; a face that serves no window brings none. */
  readonly forkTerminal?: () => WorkerLike;
  readonly secrets: SecretStore;
  /** The system's own sensor, where there is one: a proof for the window. */
  readonly biometrics?: BiometricProvider | undefined;
  readonly logger: Logger;
  /** The newest lines of its log, oldest first, where the face keeps them. */
  readonly recentLog?: () => readonly LogLine[];
  /**
   * Told of every alert at once, also while the faces are locked: the desktop's notifications. Whoever shows one to a locked screen takes the
   * text without amounts.
   */
  readonly onAlert?: (announcement: Announcement) => void;
  /** Accounts that the kill switch has to know beside those that the engine opens itself. */
  readonly cancelTargets?: readonly CancelTarget[];
  /** Where live prices come from; differs only in tests, which hold the clock. */
  readonly prices?: LivePrices;
  /** The simulated market; differs only in tests, which play recorded candles in its place. */
  readonly market?: (options: SimulatedMarketOptions) => SimulatedMarket;
  /** How the vault is made differs only in tests: a cheap passphrase hash, a clock moved by hand. */
  readonly vault?: Pick<VaultOptions, 'cost' | 'hash' | 'bootClock'>;
};
