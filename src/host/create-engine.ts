import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sha256 } from '#adapters/digest/sha256.ts';
import { GENERATOR_START } from '#adapters/feed-generator/generated-market.ts';
import { loadInstruments } from '#adapters/instruments/load-instruments.ts';
import { loadPromptParts } from '#adapters/prompts/load-prompt-parts.ts';
import { openLabStore } from '#adapters/sqlite/lab-store.ts';
import { openStorage } from '#adapters/sqlite/open-storage.ts';
import { payloadOf } from '#core/cycle/records.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createChain } from '#core/journal/chain.ts';
import { createBus } from '#core/kernel/bus.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { AppContract, AppHandlers } from '#shared/contract/app-contract.ts';
import type { FillView } from '#shared/contract/cycle.ts';
import type { EventSource } from '#shared/transport/host.ts';
import { backupSource, startBackups } from './backup/backup-service.ts';
import { finishRestore } from './backup/restore-plan.ts';
import { coalesce } from './coalesce.ts';
import { DEFAULT_CASH } from './cycle-market.ts';
import { createCycleRunner } from './cycle-runner.ts';
import { openDurable } from './durable/open-durable.ts';
import type { EngineConfig } from './engine-config.ts';
import { acquireEngineLock } from './engine-lock.ts';
import { createEquityCurve } from './equity-curve.ts';
import { openGate } from './gate/engine-gate.ts';
import type { OpenEngine, OpenHandlers } from './gate/types.ts';
import { createAccountHandlers } from './handlers/accounts.ts';
import { createAgentHandlers } from './handlers/agents.ts';
import { createAuditHandlers } from './handlers/audit.ts';
import { createBackupHandlers } from './handlers/backup.ts';
import { createCycleHandlers } from './handlers/cycle.ts';
import { createDataHandlers } from './handlers/data.ts';
import { createEngineHandlers, engineStatus } from './handlers/engine.ts';
import { createKeyHandlers } from './handlers/keys.ts';
import { createLabHandlers } from './handlers/lab.ts';
import { createLimitHandlers } from './handlers/limits.ts';
import { createMarketHandlers } from './handlers/market.ts';
import { createOrderHandlers } from './handlers/orders.ts';
import { createPortfolioHandlers, portfolioView } from './handlers/portfolio.ts';
import { createVenueHandlers } from './handlers/venues.ts';
import { type HomePaths, prepareHome } from './home-folder.ts';
import { watchKillFlag } from './kill-flag.ts';
import { manualTarget } from './kill-switch/manual-target.ts';
import { openKillSwitch } from './kill-switch/open-kill-switch.ts';
import { createLab } from './lab/create-lab.ts';
import { startLabWorker } from './lab/lab-worker.ts';
import { openLimitBook } from './limit-book.ts';
import type { ManualAccount } from './manual/manual-account.ts';
import { manualBookView } from './manual/manual-views.ts';
import { openSimulatedDesk } from './manual/simulated-desk.ts';
import { startMarketPump } from './market-pump.ts';
import { createModels } from './models.ts';
import type { EngineParts, News } from './parts.ts';
import { openSimulatedMarket } from './simulated-market.ts';
import { openStandingAccount } from './standing-account.ts';
import { openTradingState } from './trading-state.ts';
import type { OpenedVault } from './vault/open-vault.ts';
import { openSecretBox } from './vault/secret-box.ts';
import { openVenueAccounts } from './venue-accounts/venue-accounts.ts';
import { watchClocks } from './watch-clocks.ts';

/**
 * The seed of a fresh data folder: its first press trades, whether at once or within the first minutes, so that a newcomer sees a whole
 * cycle. Its result is an ordinary one: it was not chosen for the profit. A test holds it to that.
 */
export const FIRST_RUN_SEED = 29;
const SHOWN_SYMBOL = 'BTC/USDT';
/** Screens need no more news than this. */
const NEWS_INTERVAL_MS = 100;
const FILL_CYCLES = 40;

/** A running engine: what every face is served from. */
export type Engine = {
  readonly handlers: AppHandlers;
  readonly events: EventSource<AppContract>;
  /** Stops what runs, closes positions where a market allows it, and closes every file. */
  close(): Promise<void>;
};

/**
 * Takes the data folder and starts the engine behind its gate: at once where nothing locks the vault, else when it is unlocked. Throws a
 * Fault that says what is missing; then nothing is left open.
 */
export async function createEngine(config: EngineConfig): Promise<Engine> {
  const paths = prepareHome(config.home);
  const lock = acquireEngineLock(paths.runDir, Date.now);
  try {
    await finishRestore(paths.home, config.secrets);
    const gate = await openGate({
      version: config.version,
      vault: { home: config.home, secrets: config.secrets, now: Date.now, randomBytes, ...config.vault },
      runDir: paths.runDir,
      logger: config.logger,
      open: (vault) => openBehindGate(config, paths, vault),
    });
    return { handlers: gate.handlers, events: gate.events, close: () => gate.close().finally(() => lock.release()) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openBehindGate(config: EngineConfig, paths: HomePaths, vault: OpenedVault): Promise<OpenEngine> {
  const undo: (() => void)[] = [];
  try {
    return await openEngine(config, paths, vault, undo);
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  }
}

async function openEngine(
  config: EngineConfig,
  paths: HomePaths,
  vault: OpenedVault,
  undo: (() => void)[],
): Promise<OpenEngine> {
  const { logger, resources } = config;
  const instruments = loadInstruments(join(resources, 'instruments', 'simulated.json'));
  const shownInstrument = instruments.find(({ symbol }) => symbol === SHOWN_SYMBOL) ?? instruments[0];
  if (shownInstrument === undefined) throw new TypeError('no instrument is listed');
  const promptParts = loadPromptParts(join(resources, 'prompts'), sha256);
  const opened = openStorage({
    journalPath: paths.journalDb,
    headPath: paths.journalHead,
    marketPath: paths.marketDb,
    keys: vault.keys,
    chain: createChain(sha256),
    logger,
  });
  undo.push(() => opened.close());
  let tellChanged = (): void => undefined;
  let isQuiet = (): boolean => false;
  const durable = openDurable({
    storage: opened,
    paths,
    vault,
    secrets: config.secrets,
    now: Date.now,
    logger,
    onChange: () => tellChanged(),
  });
  const { storage } = durable;
  undo.push(() => durable.stop());
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
    quiet: () => isQuiet(),
    logger,
  });
  undo.push(() => backups.stop());

  const standing = openStandingAccount({
    journal: storage.journal,
    instruments,
    opening: { asset: shownInstrument.quote, cash: DEFAULT_CASH, marketSeed: FIRST_RUN_SEED, ts: GENERATOR_START },
  });
  const market = openSimulatedMarket({
    seed: standing.marketSeed,
    instruments,
    pace: config.pace,
    notBefore: standing.lastTs,
  });
  // A market that is stepped through knows no other time than its own.
  const clocks = config.pace === 'realtime' ? watchClocks() : undefined;
  undo.push(() => clocks?.stop());
  const news = createBus<News>((error) => logger.error('a listener failed', error));
  const parts: EngineParts = {
    version: config.version,
    startedAt: unixMs(Date.now()),
    storage,
    durable,
    logger,
    instruments,
    shownInstrument,
    promptParts,
    market,
    account: standing.account,
    models: createModels({
      defaultPath: config.modelPath,
      forkWorker: () => config.forkWorker(logger),
      promptParts,
      logger,
    }),
    tradingState: openTradingState({
      journal: storage.journal,
      runDir: paths.runDir,
      onError: (error) => logger.error('the halt could not be made to last', error),
    }),
    dataFault: () => clocks?.guard.trouble() ?? null,
    limitBook: openLimitBook({ journal: storage.journal }),
    cancelTargets: [...(config.cancelTargets ?? [])],
    protection: { slot: vault.slot, label: vault.label, protectedByPassphrase: vault.protectedByPassphrase },
    news,
    exchangeKeys,
  };
  undo.push(() => void parts.models.dispose());

  const curve = createEquityCurve();
  curve.add(market.clock.now(), standing.account.equity());
  const tellEngine = coalesce(NEWS_INTERVAL_MS, () =>
    news.publish({ name: 'engine.changed', payload: engineStatus(parts, runner) }),
  );
  tellChanged = () => tellEngine.soon();
  const tellPortfolio = coalesce(NEWS_INTERVAL_MS, () =>
    news.publish({ name: 'portfolio.changed', payload: portfolio() }),
  );
  const tellCycle = coalesce(NEWS_INTERVAL_MS, () => {
    const newest = runner.newestLive();
    if (newest !== undefined) news.publish({ name: 'cycle.changed', payload: newest.view() });
  });
  undo.push(tellEngine.cancel, tellPortfolio.cancel, tellCycle.cancel);
  const accountMoved = (): void => {
    curve.add(market.clock.now(), standing.account.equity());
    tellPortfolio.soon();
    tellEngine.soon();
  };
  const runner = createCycleRunner({
    parts,
    unfinished: standing.leftovers,
    onChange: () => {
      tellCycle.soon();
      tellEngine.soon();
    },
    onAccount: accountMoved,
  });
  isQuiet = () => runner.running() === undefined;
  const newestCycle = (): number => runner.newestLive()?.cycle ?? standing.newestCycle;
  const standingFills = (): readonly FillView[] => {
    const newest = newestCycle();
    const cycles = Array.from({ length: Math.min(FILL_CYCLES, newest) }, (_, index) => newest - index).toReversed();
    return cycles.flatMap((cycle) => (isStanding(cycle) ? runner.view(cycle).fills : []));
  };
  const isStanding = (cycle: number): boolean => {
    const first = (runner.live(cycle)?.records() ?? storage.journal.readCycle(cycle))[0];
    return (
      first !== undefined && first.type === 'cycle.started' && payloadOf(first, 'cycle.started').account === 'standing'
    );
  };
  const portfolio = () => portfolioView(parts, runner, curve, standingFills());

  const tellOrders = coalesce(NEWS_INTERVAL_MS, () =>
    news.publish({ name: 'orders.changed', payload: manualBookView(manual) }),
  );
  undo.push(tellOrders.cancel);
  const killSwitch = openKillSwitch(parts, runner, tellEngine.soon);
  undo.push(() => killSwitch.close());

  const manual = openSimulatedDesk({
    parts,
    stepped: config.pace === 'stepped',
    onChange: () => {
      tellOrders.soon();
      accountMoved();
    },
    onBreach: (reason) => void killSwitch.kill({ verb: 'flatten', reason }),
  });
  undo.push(() => manual.dispose());
  const accountOf = (name: string): ManualAccount => {
    const account = name === manual.name ? manual : venueAccounts.manual(name);
    if (account !== undefined) return account;
    throw new Fault('not_found', `there is no account ${name}`, 'list the accounts: mt account ls');
  };
  parts.cancelTargets.push(manualTarget(manual, () => market.clock.now()));

  let tellLab = (): void => undefined;
  const tellStudy = coalesce(NEWS_INTERVAL_MS, () => tellLab());
  undo.push(tellStudy.cancel);
  const lab = createLab({
    store: labStore,
    candles: storage.candles,
    instruments,
    startWorker: () => startLabWorker(config.labWorker),
    now: Date.now,
    tell: (payload) => {
      tellLab = () => news.publish({ name: 'lab.changed', payload });
      tellStudy.soon();
    },
  });

  if (config.pace === 'realtime') {
    undo.push(
      startMarketPump({
        market,
        instruments,
        onCandle: (payload) => {
          news.publish({ name: 'market.candle', payload });
          // Of the simulated market a new candle is all there is to look at again; the account lives in this process.
          clocks?.guard.resynced(clocks.guard.beginResync());
          manual.advance();
          tellEngine.soon();
        },
        onError: (error) => logger.error('the simulated market stopped', error),
      }),
    );
  }

  // What cannot be ended now is tried again before the next cycle and by the kill switch; nothing starts before.
  await runner.settleAll().catch((error: unknown) => logger.error('an earlier cycle could not be ended yet', error));

  const tellAccounts = coalesce(NEWS_INTERVAL_MS, () =>
    news.publish({ name: 'accounts.changed', payload: [...venueAccounts.views()] }),
  );
  undo.push(tellAccounts.cancel);
  const venueAccounts = await openVenueAccounts({
    journal: storage.journal,
    keys: exchangeKeys,
    logger,
    tradingState: () => parts.tradingState.state(),
    limits: () => parts.limitBook.limits(),
    cancelTargets: parts.cancelTargets,
    onChange: tellAccounts.soon,
    onBreach: (reason) => void killSwitch.kill({ verb: 'flatten', reason }),
    onBroken(account, error) {
      logger.error(`account ${account} is not what its books say`, error);
      void killSwitch.kill({ verb: 'stop_managing', reason: `account ${account} is not what its books say` });
    },
  });

  const handlers: OpenHandlers = {
    ...createEngineHandlers(parts, runner, killSwitch, tellEngine.soon),
    ...createLimitHandlers(parts),
    ...createCycleHandlers(parts, runner, newestCycle),
    ...createMarketHandlers(parts, runner, standingFills),
    ...createAgentHandlers(parts, runner, newestCycle),
    ...createPortfolioHandlers(portfolio),
    ...createOrderHandlers(accountOf),
    ...createAccountHandlers(venueAccounts),
    ...createAuditHandlers(parts, join(resources, 'audit')),
    ...createBackupHandlers(backups),
    ...createLabHandlers(lab),
    ...createDataHandlers(parts),
    ...createVenueHandlers(parts, paths.venueGrades),
    ...createKeyHandlers(exchangeKeys),
  };
  undo.push(
    watchKillFlag(paths.runDir, (reason) => {
      void killSwitch.kill({ verb: 'flatten', reason });
    }),
  );
  let closing: Promise<void> | undefined;
  return {
    handlers,
    exchangeKeys,
    busy: () => (runner.running() === undefined ? undefined : 'a cycle is running'),
    events: {
      subscribe: (name, emit) =>
        news.subscribe((item) => {
          // The bus pairs each name with its payload; TypeScript cannot follow the pair through a generic name.
          if (item.name === name) emit(item.payload as Parameters<typeof emit>[0]);
        }),
    },
    close() {
      closing ??= (async () => {
        // First cancel, then end: what would open something new must not rest at a venue that nobody watches any more.
        await killSwitch.standDown('the program is closing');
        runner.cancel('the program is closing');
        await runner.idle();
        await venueAccounts.close();
        await lab.close();
        await parts.models.dispose();
        await durable.close();
        for (const step of undo.toReversed()) step();
      })();
      return closing;
    },
  };
}
