import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sha256 } from '#adapters/digest/sha256.ts';
import { GENERATOR_START } from '#adapters/feed-generator/generated-market.ts';
import { loadInstruments } from '#adapters/instruments/load-instruments.ts';
import { loadPromptParts } from '#adapters/prompts/load-prompt-parts.ts';
import { openLabStore } from '#adapters/sqlite/lab-store.ts';
import { openStorage } from '#adapters/sqlite/open-storage.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createChain } from '#core/journal/chain.ts';
import { createBus } from '#core/kernel/bus.ts';
import { DEFAULT_PREFERENCES } from '#shared/contract/preferences.ts';
import type { StepUp } from './access/step-up.ts';
import { openAlerts } from './alerts/open-alerts.ts';
import { watchedPrices } from './alerts/watched-prices.ts';
import { openApprovalDesk } from './automation/approval-desk.ts';
import { openModeBook } from './automation/mode-book.ts';
import { openScheduleBook } from './automation/schedule-book.ts';
import { backupSource, startBackups } from './backup/backup-service.ts';
import { DEFAULT_CASH } from './cycle-terms.ts';
import { openDurable } from './durable/open-durable.ts';
import type { EngineConfig } from './engine-config.ts';
import { alertView } from './handlers/alerts.ts';
import { refuseOfChannel } from './handlers/keys.ts';
import { type HomePaths } from './home-folder.ts';
import { openKeptTexts } from './kept-texts.ts';
import { wallTime } from './kill-switch/wall-time.ts';
import { openLimitBook } from './limit-book.ts';
import { livePrices } from './live-prices.ts';
import { createModels } from './models.ts';
import { createNewsRuns } from './news/news-runs.ts';
import { openOutbound } from './outbound/outbound-desk.ts';
import { gatherPaperAccounts } from './paper/paper-accounts.ts';
import type { EngineParts, News } from './parts.ts';
import { openProfitBook } from './portfolio/profit-book.ts';
import { openPreferenceBook, type PreferenceBook } from './preference-book.ts';
import { openPromptBook } from './prompt-book.ts';
import { createScoreBook } from './scorecard/score-book.ts';
import { openSimulatedMarket } from './simulated-market.ts';
import { openStandingAccount, type StandingAccount } from './standing-account.ts';
import { createPastFamilies } from './strategies/past-families.ts';
import { openTradingState } from './trading-state.ts';
import type { OpenedVault } from './vault/open-vault.ts';
import { openSecretBox } from './vault/secret-box.ts';
import { watchClocks } from './watch-clocks.ts';

/**
 * The seed of a fresh data folder: its first press trades, whether at once or within the first minutes, so that a newcomer sees a whole
 * cycle. Its result is an ordinary one: it was not chosen for the profit. A test holds it to that.
 */
export const FIRST_RUN_SEED = 29;
const MINUTE_MS = 60_000;
const SHOWN_SYMBOL = 'BTC/USDT';

/** What the files need of the engine that is built on them, filled in when it is. */
type Later = { onDurable: () => void; onApprovals: () => void; isQuiet: () => boolean };

/** Everything that lies on the disk, opened, and what is made of it before anything runs. */
export type EngineBase = {
  readonly parts: EngineParts;
  readonly standing: StandingAccount;
  readonly durable: ReturnType<typeof openDurable>;
  readonly backups: ReturnType<typeof startBackups>;
  readonly labStore: ReturnType<typeof openLabStore>;
  readonly clocks: ReturnType<typeof watchClocks> | undefined;
  readonly later: Later;
};

/** Opens the databases, the keys, the account and the market of a data folder. What has to be undone is put on `undo`, oldest first. */
export function openParts(
  config: EngineConfig,
  paths: HomePaths,
  vault: OpenedVault,
  stepUp: StepUp,
  undo: (() => void)[],
): EngineBase {
  const { logger, resources } = config;
  const instruments = loadInstruments(join(resources, 'instruments', 'simulated.json'));
  const shownInstrument = instruments.find(({ symbol }) => symbol === SHOWN_SYMBOL) ?? instruments[0];
  if (shownInstrument === undefined) throw new TypeError('no instrument is listed');
  const shippedPrompts = loadPromptParts(join(resources, 'prompts'), sha256);
  const opened = openStorage({
    journalPath: paths.journalDb,
    headPath: paths.journalHead,
    marketPath: paths.marketDb,
    keys: vault.keys,
    chain: createChain(sha256),
    logger,
  });
  undo.push(() => opened.close());
  const later: Later = { onDurable: () => undefined, onApprovals: () => undefined, isQuiet: () => false };
  const news = createBus<News>((error) => logger.error('a listener failed', error));
  let preferences: PreferenceBook | undefined;
  const outbound = openOutbound({
    journal: () => durable.storage.journal,
    keys: () => exchangeKeys,
    store: opened.alerts,
    alerts: () => alerts,
    logger,
  });
  undo.push(() => outbound.close());
  const alerts = openAlerts({
    store: opened.alerts,
    journal: () => durable.storage.journal,
    instruments,
    preferences: () => preferences?.get() ?? DEFAULT_PREFERENCES,
    logger,
    onAnnounce(announcement, unread) {
      const { alert, tell } = announcement;
      news.publish({ name: 'alerts.raised', payload: { alert: alertView(alert), tell, unread } });
      outbound.heard(announcement);
      config.onAlert?.(announcement);
    },
    onUnread: (unread) => news.publish({ name: 'alerts.changed', payload: { unread } }),
  });
  const durable = openDurable({
    storage: opened,
    paths,
    vault,
    secrets: config.secrets,
    now: Date.now,
    logger,
    onChange: () => later.onDurable(),
    onRecords: (records) => alerts.heard(records),
  });
  const { storage } = durable;
  const prompts = openPromptBook({ journal: storage.journal, shipped: shippedPrompts, digest: sha256, logger });
  undo.push(() => durable.stop());
  undo.push(() => alerts.close());
  const labStore = openLabStore(paths.labDb, vault.keys.db);
  undo.push(() => labStore.close());
  const fieldKey = Buffer.from(vault.keys.field);
  undo.push(() => fieldKey.fill(0));
  const exchangeKeys = openSecretBox({
    home: config.home,
    vaultId: vault.vaultId,
    fieldKey,
    randomBytes,
    now: Date.now,
    protectedByPassphrase: vault.protectedByPassphrase,
    hide: (secret) => logger.hide(secret),
  });
  const backups = startBackups({
    source: backupSource(paths, vault, durable, labStore),
    auditMac: Buffer.from(vault.keys.auditMac),
    chain: createChain(sha256),
    now: Date.now,
    quiet: () => later.isQuiet(),
    logger,
  });
  undo.push(() => backups.stop());

  const paperBooks = gatherPaperAccounts();
  const pastFamilies = createPastFamilies();
  const newsRuns = createNewsRuns();
  const scores = createScoreBook(storage.journal);
  const standing = openStandingAccount({
    onRecord: (record) => {
      paperBooks.take(record);
      pastFamilies.note(record);
      newsRuns.note(record);
      scores.note(record);
      outbound.note(record);
      alerts.note(record);
    },
    journal: storage.journal,
    instruments,
    opening: { asset: shownInstrument.quote, cash: DEFAULT_CASH, marketSeed: FIRST_RUN_SEED, ts: GENERATOR_START },
  });
  alerts.begin();
  outbound.begin();
  const market = (config.market ?? openSimulatedMarket)({
    seed: standing.marketSeed,
    instruments,
    pace: config.pace,
    notBefore: standing.lastTs,
    speed: config.marketSpeed,
  });
  // A market that is stepped through knows no other time than its own.
  const clocks = config.pace === 'realtime' ? watchClocks() : undefined;
  undo.push(() => clocks?.stop());
  preferences = openPreferenceBook({
    journal: storage.journal,
    logger,
    onChange: (payload) => news.publish({ name: 'preferences.changed', payload }),
    mayLoosen: (what) => stepUp.demandOnceProtected(what),
  });
  const tradingState = openTradingState({
    journal: storage.journal,
    runDir: paths.runDir,
    onError: (error) => logger.error('the halt could not be made to last', error),
  });
  const approvals = openApprovalDesk({
    journal: storage.journal,
    time: wallTime,
    marketNow: () => market.clock.now(),
    tradingState: () => tradingState.state(),
    onChange: () => later.onApprovals(),
    ttlMs: () => (preferences?.get() ?? DEFAULT_PREFERENCES).approvalMinutes * MINUTE_MS,
    onError: (what, error) => logger.error(what, error),
  });
  undo.push(() => approvals.close());
  const parts: EngineParts = {
    version: config.version,
    startedAt: unixMs(Date.now()),
    storage,
    durable,
    logger,
    instruments,
    shownInstrument,
    promptParts: prompts.parts,
    prompts,
    market,
    account: standing.account,
    profitBook: openProfitBook(storage.journal, standing.account),
    prices: watchedPrices(config.prices ?? livePrices(), (seen, at) => alerts.seePrices(seen, at)),
    paper: paperBooks.restore(storage.journal),
    pastFamilies,
    newsRuns,
    models: createModels({
      defaultPath: config.modelPath,
      modelsDir: paths.modelsDir,
      modelsFile: paths.modelsFile,
      keyOf(name) {
        refuseOfChannel(name);
        return exchangeKeys.read(name).apiKey;
      },
      forkWorker: () => config.forkWorker(logger),
      promptParts: shippedPrompts,
      logger,
    }),
    texts: openKeptTexts(storage.journal),
    tradingState,
    modes: openModeBook({ journal: storage.journal, tradingState: () => tradingState.state(), stepUp }),
    approvals,
    schedules: openScheduleBook({ journal: storage.journal, mayRaise: (what) => stepUp.demand(what) }),
    dataFault: () => clocks?.guard.trouble() ?? null,
    preferences,
    alerts,
    outbound,
    limitBook: openLimitBook({
      journal: storage.journal,
      mayLoosen: (names) => stepUp.demand(`loosen ${names.join(', ')}`),
    }),
    scores,
    cancelTargets: [...(config.cancelTargets ?? [])],
    protection: { slot: vault.slot, label: vault.label, protectedByPassphrase: vault.protectedByPassphrase },
    news,
    exchangeKeys,
    stepUp,
  };
  undo.push(() => void parts.models.dispose());
  return { parts, standing, durable, backups, labStore, clocks, later };
}
