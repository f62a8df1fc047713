import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import type { FillView } from '#shared/contract/cycle.ts';
import { accessLog, noteAccess } from './access/access-log.ts';
import { openApiTokens } from './access/api-tokens.ts';
import type { StepUp } from './access/step-up.ts';
import { followedCycles } from './alerts/followed-cycles.ts';
import { lookAround } from './alerts/look-around.ts';
import { tellKills } from './alerts/tell-kills.ts';
import { openPressSchedule } from './automation/open-press-schedule.ts';
import { coalesce } from './coalesce.ts';
import { createCycleRunner } from './cycle-runner.ts';
import type { EngineConfig } from './engine-config.ts';
import { openParts } from './engine-parts.ts';
import { createEquityCurve } from './equity-curve.ts';
import type { OpenEngine, OpenHandlers } from './gate/types.ts';
import { createAccountHandlers, uncleanAccount } from './handlers/accounts.ts';
import { createAgentHandlers } from './handlers/agents.ts';
import { createAlertHandlers } from './handlers/alerts.ts';
import { createAuditHandlers } from './handlers/audit.ts';
import { createAutomationHandlers, toldApprovals } from './handlers/automation.ts';
import { createBackupHandlers } from './handlers/backup.ts';
import { createCycleHandlers } from './handlers/cycle.ts';
import { createDataHandlers } from './handlers/data.ts';
import { createEngineHandlers, engineStatus } from './handlers/engine.ts';
import { createFactsHandlers } from './handlers/facts.ts';
import { createHealthHandlers, type HealthSources } from './handlers/health.ts';
import { createKeyHandlers } from './handlers/keys.ts';
import { createLabHandlers } from './handlers/lab.ts';
import { createLimitHandlers } from './handlers/limits.ts';
import { createMarketHandlers } from './handlers/market.ts';
import { createMemoryHandlers } from './handlers/memory.ts';
import { createModelHandlers } from './handlers/models.ts';
import { createNewsHandlers } from './handlers/news.ts';
import { createOrderHandlers } from './handlers/orders.ts';
import { createOutboundHandlers } from './handlers/outbound.ts';
import { createPerformanceHandlers } from './handlers/performance.ts';
import { createPortfolioHandlers, portfolioView, type TradedOn } from './handlers/portfolio.ts';
import { createPreferenceHandlers } from './handlers/preferences.ts';
import { createPreflightHandlers } from './handlers/preflight.ts';
import { createProfitHandlers } from './handlers/profit.ts';
import { createPromptHandlers } from './handlers/prompts.ts';
import { createRebalanceHandlers } from './handlers/rebalance.ts';
import { createReceiptHandlers } from './handlers/receipts.ts';
import { createScheduleHandlers } from './handlers/schedule.ts';
import { createScorecardHandlers } from './handlers/scorecard.ts';
import { createSetupHandlers } from './handlers/setup.ts';
import { strategyHandlers } from './handlers/strategies.ts';
import { createSwitchHandlers } from './handlers/switches.ts';
import { createTokenHandlers } from './handlers/tokens.ts';
import { createVenueHandlers } from './handlers/venues.ts';
import { createWhyHandlers } from './handlers/why.ts';
import { watchLoad } from './health/engine-load.ts';
import { type HomePaths } from './home-folder.ts';
import { watchKillFlag } from './kill-flag.ts';
import { manualTarget } from './kill-switch/manual-target.ts';
import { openKillSwitch } from './kill-switch/open-kill-switch.ts';
import { createLab } from './lab/create-lab.ts';
import { startLabWorker } from './lab/lab-worker.ts';
import type { LiveCycle } from './live-cycle.ts';
import type { ManualAccount } from './manual/manual-account.ts';
import { manualBookView } from './manual/manual-views.ts';
import { openSimulatedDesk } from './manual/simulated-desk.ts';
import { startMarketPump } from './market-pump.ts';
import { createAccountReset } from './portfolio/account-reset.ts';
import { openRebalanceDesk } from './portfolio/rebalance-desk.ts';
import { cyclesOnStanding, fillsOfCycles } from './standing-fills.ts';
import { createTerminals } from './terminal/terminals.ts';
import type { OpenedVault } from './vault/open-vault.ts';
import { openVenueAccounts } from './venue-accounts/venue-accounts.ts';

/** Screens need no more news than this. */
const NEWS_INTERVAL_MS = 100;

/** What an engine stands on. */
export type EngineGround = {
  readonly config: EngineConfig;
  readonly paths: HomePaths;
  readonly vault: OpenedVault;
  readonly stepUp: StepUp;
};

/** Builds the engine on an opened data folder: the runner, the desks, the accounts, the kill switch, and the calls that they answer. */
export async function openEngine(
  { config, paths, vault, stepUp }: EngineGround,
  undo: (() => void)[],
): Promise<OpenEngine> {
  const { parts, standing, durable, backups, labStore, clocks, later } = openParts(config, paths, vault, stepUp, undo);
  const { logger, market, news, storage, instruments, exchangeKeys } = parts;
  const load = watchLoad();
  undo.push(() => load.stop());
  const curve = createEquityCurve();
  curve.add(market.clock.now(), standing.account.equity());
  const tellEngine = coalesce(NEWS_INTERVAL_MS, () =>
    news.publish({ name: 'engine.changed', payload: engineStatus(parts, runner) }),
  );
  later.onDurable = () => tellEngine.soon();
  // At once: a decision made in one face is to be seen in the others.
  later.onApprovals = () => news.publish({ name: 'approvals.changed', payload: toldApprovals(parts) });
  const tellPortfolio = coalesce(NEWS_INTERVAL_MS, () =>
    news.publish({ name: 'portfolio.changed', payload: portfolio() }),
  );
  const changedCycles = new Set<LiveCycle>();
  const tellCycle = coalesce(NEWS_INTERVAL_MS, () => {
    const changed = [...changedCycles].toSorted((a, b) => a.cycle - b.cycle);
    changedCycles.clear();
    for (const live of changed) news.publish({ name: 'cycle.changed', payload: live.view() });
  });
  undo.push(tellEngine.cancel, tellPortfolio.cancel, tellCycle.cancel);
  const lockProfit = (): void => {
    try {
      parts.profitBook.review(market.clock.now());
    } catch (error) {
      // Nothing is locked that is not recorded; it is tried again whenever the account moves.
      logger.error('a new profit could not be locked yet', error);
    }
  };
  const accountMoved = (): void => {
    lockProfit();
    curve.add(market.clock.now(), standing.account.equity());
    tellPortfolio.soon();
    tellEngine.soon();
  };
  // What a crash left between a fill and its lock.
  lockProfit();
  const runner = createCycleRunner({
    parts,
    unfinished: standing.leftovers,
    onChange: (live) => {
      changedCycles.add(live);
      tellCycle.soon();
      tellEngine.soon();
    },
    onAccount: accountMoved,
  });
  const newestCycle = (): number => runner.newestLive()?.cycle ?? standing.newestCycle;
  const standingFills = (): readonly FillView[] => fillsOfCycles(newestCycle(), runner, storage.journal);
  const portfolio = () => portfolioView(parts, runner, curve, standingFills(), manualBookView(manual));

  const tellOrders = coalesce(NEWS_INTERVAL_MS, () =>
    news.publish({ name: 'orders.changed', payload: manualBookView(manual) }),
  );
  undo.push(tellOrders.cancel);
  const killSwitch = tellKills(openKillSwitch(parts, runner, tellEngine.soon), parts.alerts);
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
  const accountReset = (): void => {
    curve.clear();
    tellOrders.soon();
    accountMoved();
  };
  const accountOf = (name: string): ManualAccount => {
    const account = name === manual.name ? manual : venueAccounts.manual(name);
    if (account !== undefined) return account;
    throw new Fault('not_found', `there is no account ${name}`, 'list the accounts: mt account ls');
  };
  const tradedOn: TradedOn = (name) => {
    const byHand = manualBookView(accountOf(name));
    if (name !== manual.name) return { ...byHand, positions: [] };
    const cycles = cyclesOnStanding(newestCycle(), runner, storage.journal, newestCycle());
    return {
      environment: 'simulated',
      orders: [...cycles.flatMap(({ orders }) => orders), ...byHand.orders],
      fills: [...cycles.flatMap(({ fills }) => fills), ...byHand.fills],
      positions: portfolio().positions,
    };
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
    tellMeasured: (payload) => news.publish({ name: 'lab.measured', payload }),
  });

  if (config.pace === 'realtime') {
    undo.push(
      startMarketPump({
        market,
        instruments,
        onCandle: (payload) => {
          news.publish({ name: 'market.candle', payload });
          const { instrument: symbol, high, low, close } = payload;
          parts.alerts.seePrices({ market: 'simulated', symbol, high, low, close }, market.clock.now());
          // Of the simulated market a new candle is all there is to look at again; the account lives in this process.
          clocks?.guard.resynced(clocks.guard.beginResync());
          manual.advance();
          tellEngine.soon();
        },
        onError: (error) => logger.error('the simulated market stopped', error),
      }),
    );
  }

  // What cannot be ended now is tried again before the next cycle and by the kill switch; no cycle starts before.
  const settled = runner
    .settleAll()
    .catch((error: unknown) => logger.error('an earlier cycle could not be ended yet', error));
  // A market that goes on by itself lets it wait for its next open, and nobody is to be without the kill switch meanwhile.
  if (config.pace === 'stepped') await settled;
  // On live prices it takes minutes, and a command that opens an engine for one answer has nothing to do with them.
  else
    void runner
      .settlePaper()
      .catch((error: unknown) => logger.error('an earlier cycle on live prices could not be ended yet', error));

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
    mode: () => parts.modes.mode(),
    onBreach: (reason) => void killSwitch.kill({ verb: 'flatten', reason }),
    onBroken(account, error) {
      logger.error(`account ${account} is not what its books say`, error);
      void killSwitch.kill({ verb: 'stop_managing', reason: `account ${account} is not what its books say` });
    },
  });

  if (config.pace === 'realtime') {
    const around = lookAround({
      alerts: parts.alerts,
      seen: () => ({ parts, cycles: followedCycles(runner), accounts: venueAccounts.views() }),
      downloads: () => parts.models.manager.list().downloads,
      status: () => engineStatus(parts, runner),
      preferences: () => parts.preferences.get(),
      logger,
    });
    undo.push(around.stop);
  }
  const protectFirst = (why: string): void => {
    if (parts.modes.firstProtected(why, market.clock.now())) tellEngine.soon();
  };
  if (parts.protection.protectedByPassphrase)
    protectFirst('a passphrase protects this folder: agents ask before they begin');
  else if (venueAccounts.views().length > 0)
    protectFirst('there is an account at a venue: agents ask before they begin');

  later.isQuiet = () => runner.running().length === 0 && venueAccounts.busy() === undefined;

  const terminals = createTerminals({
    fork: config.forkTerminal,
    home: paths.home,
    randomId: () => randomBytes(16).toString('hex'),
  });
  undo.push(terminals.closeAll);
  const health: HealthSources = {
    parts,
    paths,
    backups,
    status: () => engineStatus(parts, runner),
    accounts: () => venueAccounts.views(),
    load: () => load.read(),
    log: config.recentLog,
  };
  const preflight = createPreflightHandlers(
    parts,
    () => engineStatus(parts, runner),
    () => runner.unsettled(),
  );
  const schedule = openPressSchedule({ parts, runner, preflight, runsByItself: config.pace === 'realtime' });
  undo.push(() => schedule.stop());
  const tokens = openApiTokens(storage.journal, Date.now);
  const handlers: OpenHandlers = {
    ...createEngineHandlers(parts, runner, killSwitch, tellEngine.soon, () => uncleanAccount(venueAccounts.views())),
    ...createAutomationHandlers(parts, runner, tellEngine.soon),
    ...createLimitHandlers(parts, tellEngine.soon),
    ...createPreferenceHandlers(parts),
    ...createMemoryHandlers(parts),
    ...createCycleHandlers(parts, runner, newestCycle),
    ...preflight,
    ...createScheduleHandlers(schedule, parts),
    ...createMarketHandlers(parts, runner, standingFills, () => manual.desk),
    ...createAgentHandlers(parts, runner, newestCycle),
    ...createPromptHandlers(parts),
    ...createAlertHandlers(parts),
    ...createOutboundHandlers(parts),
    ...createFactsHandlers(parts, newestCycle),
    ...createReceiptHandlers(parts, newestCycle),
    ...createWhyHandlers(parts, newestCycle),
    ...createPortfolioHandlers(portfolio, tradedOn),
    ...createPerformanceHandlers(parts),
    ...createProfitHandlers(parts, accountMoved),
    ...createRebalanceHandlers(openRebalanceDesk(parts, manual)),
    ...createOrderHandlers(accountOf, runner),
    ...createAccountHandlers(
      venueAccounts,
      () => protectFirst('there is an account at a venue: agents ask before they begin'),
      createAccountReset({ parts, runner, manual, onReset: accountReset }),
      portfolio,
    ),
    ...createAuditHandlers(parts, join(config.resources, 'audit'), join(config.home, 'RECORD_LOGS')),
    ...createBackupHandlers(backups),
    ...createHealthHandlers(health),
    ...createSetupHandlers({ parts, health, newestCycle, portfolio }),
    ...createLabHandlers(lab),
    ...strategyHandlers,
    ...createSwitchHandlers(parts),
    ...createDataHandlers(parts),
    ...createModelHandlers(parts),
    ...createNewsHandlers(parts, paths.sentimentFile),
    ...createScorecardHandlers(parts, lab),
    ...createVenueHandlers(parts, paths.venueGrades),
    ...createKeyHandlers(exchangeKeys),
    'access.log': ({ limit }) => accessLog(storage.journal, limit),
    ...createTokenHandlers(tokens, parts),
    ...terminals.handlers,
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
    noteAccess: (note) => noteAccess(storage.journal, market.clock.now(), note),
    tokens,
    halted: () => parts.tradingState.state() === 'halted',
    busy: () => (runner.running().length === 0 ? venueAccounts.busy() : 'a cycle is running'),
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
        runner.leave('the program is closing');
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
