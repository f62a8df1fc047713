import type { AppClient } from '#shared/contract/app-contract.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { withStepUp } from '#shared/transport/with-step-up.ts';
import { type AccessStore, createAccessStore } from './access-store.ts';
import { type AgentsStore, createAgentsStore } from './agents-store.ts';
import { type AlertsStore, createAlertsStore } from './alerts-store.ts';
import { type AuditStore, createAuditStore } from './audit-store.ts';
import { type AutomationStore, createAutomationStore } from './automation-store.ts';
import { type BreedingStore, createBreedingStore } from './breeding-store.ts';
import { type ChartExtrasStore, createChartExtrasStore } from './chart-extras-store.ts';
import { type CycleStore, createCycleStore } from './cycle-store.ts';
import { createEngineStore, type EngineStore } from './engine-store.ts';
import { createEvidenceStore, type EvidenceStore } from './evidence-store.ts';
import { createExchangesStore, type ExchangesStore } from './exchanges-store.ts';
import { createHealthStore, type HealthStore } from './health-store.ts';
import { createLabStore, type LabStore } from './lab-store.ts';
import { createLaunchStore, type LaunchStore } from './launch-store.ts';
import { createMemoryStore, createNewsStore, type MemoryStoreView, type NewsStoreView } from './learned-store.ts';
import { createLessonsStore, type LessonsStore } from './lessons-store.ts';
import { createLimitsStore, type LimitsStore } from './limits-store.ts';
import { createMarketStore, type MarketStore } from './market-store.ts';
import { createMeasurementsStore, type MeasurementsStore } from './measurements-store.ts';
import { createModelsStore, type ModelsStore } from './models-store.ts';
import { createOutsideStore, type OutsideStore } from './outside-store.ts';
import { createPerformanceStore, type PerformanceStore } from './performance-store.ts';
import { createPortfolioStore, type PortfolioStore } from './portfolio-store.ts';
import { createPreferencesStore, type PreferencesStore } from './preferences-store.ts';
import { createPreflightStore, type PreflightStore } from './preflight-store.ts';
import { createPromptsStore, type PromptsStore } from './prompts-store.ts';
import { createScheduleStore, type ScheduleStore } from './schedule-store.ts';
import { createSetupStore, type SetupStore } from './setup-store.ts';
import { createStepUpStore, type StepUpStore } from './step-up-store.ts';
import { createStopStore, type StopStore } from './stop-store.ts';
import { createStoredStore, type StoredStore } from './stored-store.ts';
import { createTerminalLineStore, type TerminalLineStore } from './terminal-line.ts';
import { createTradingStore, type TradingStore } from './trading-store.ts';
import { createTreasuryStore, type TreasuryStore } from './treasury-store.ts';
import type { VaultStore } from './vault-store.ts';

/** One store per area, all fed by one client. They live as long as the connection lasts and the vault is open to this window. */
export type Stores = {
  readonly access: AccessStore;
  readonly engine: EngineStore;
  readonly cycle: CycleStore;
  readonly evidence: EvidenceStore;
  readonly exchanges: ExchangesStore;
  readonly outside: OutsideStore;
  readonly market: MarketStore;
  /** Indicators, reading and prices around the chart. */
  readonly extras: ChartExtrasStore;
  /** The stop that is about to be moved. */
  readonly stop: StopStore;
  readonly agents: AgentsStore;
  readonly alerts: AlertsStore;
  readonly portfolio: PortfolioStore;
  readonly audit: AuditStore;
  /** Modes, and what waits for the master. */
  readonly automation: AutomationStore;
  readonly lab: LabStore;
  readonly breeding: BreedingStore;
  readonly measurements: MeasurementsStore;
  readonly performance: PerformanceStore;
  readonly models: ModelsStore;
  /** Single lessons, wherever a screen names one. */
  readonly lessons: LessonsStore;
  readonly memory: MemoryStoreView;
  readonly news: NewsStoreView;
  readonly health: HealthStore;
  /** Imported candles and backups. */
  readonly stored: StoredStore;
  readonly launch: LaunchStore;
  readonly preflight: PreflightStore;
  /** When the engine presses by itself. */
  readonly schedule: ScheduleStore;
  readonly setup: SetupStore;
  readonly limits: LimitsStore;
  readonly prompts: PromptsStore;
  readonly preferences: PreferencesStore;
  readonly trading: TradingStore;
  readonly treasury: TreasuryStore;
  /** For the terminal, which draws a stream and keeps nothing. */
  readonly terminal: AppClient;
  /** A line that waits for the terminal to be opened. */
  readonly terminalLine: TerminalLineStore;
  readonly vault: VaultStore;
  /** The question for a proof of who asks; every store's calls go through it. */
  readonly stepUp: StepUpStore;
  /** Asks for everything anew. */
  refresh(): Promise<void>;
  dispose(): void;
};

/** What of a cycle changes the chart and the fleet table; the rest of its many updates does not. */
const landmark = (cycle: CycleView | null): string =>
  cycle === null
    ? ''
    : `${cycle.runId} ${cycle.state} ${cycle.agentId ?? ''} ${cycle.orders.length} ${cycle.fills.length}`;

export function createStores(connection: AppClient, vault: VaultStore): Stores {
  const stepUp = createStepUpStore(connection);
  const client = withStepUp(connection, stepUp.prove);
  const engine = createEngineStore(client);
  const cycle = createCycleStore(client);
  const market = createMarketStore(client);
  const extras = createChartExtrasStore(client, market);
  const stop = createStopStore(client, () => {
    void market.chart.refresh();
    void agents.refresh();
    void trading.book.refresh();
  });
  const agents = createAgentsStore(client);
  const alerts = createAlertsStore(client);
  const portfolio = createPortfolioStore(client);
  const audit = createAuditStore(client);
  const automation = createAutomationStore(client);
  const lab = createLabStore(client);
  const measurements = createMeasurementsStore(client);
  const launch = createLaunchStore();
  const models = createModelsStore(client);
  const preflight = createPreflightStore(client, launch);
  const schedule = createScheduleStore(client, engine);
  const setup = createSetupStore(client);
  const preferences = createPreferencesStore(client);
  const trading = createTradingStore(client);
  const treasury = createTreasuryStore(client, portfolio);

  const offCycle = cycle.subscribe((now, before) => {
    if (landmark(now.newest) === landmark(before.newest)) return;
    void agents.refresh();
    void market.chart.refresh();
  });

  const refresh = async (): Promise<void> => {
    await Promise.all([
      engine.refresh(),
      cycle.refresh(),
      market.instruments.refresh(),
      agents.refresh(),
      automation.approvals.refresh(),
      alerts.list.refresh(),
      portfolio.refresh(),
      trading.accounts.refresh(),
      trading.book.refresh(),
      preflight.refresh(),
      schedule.refresh(),
      audit.records.refresh(),
      preferences.refresh(),
      // Last: after a start the simulated market is made first for it, and the others need not wait for that.
      market.chart.refresh(),
    ]);
  };
  void refresh();

  return {
    access: createAccessStore(client),
    engine,
    cycle,
    evidence: createEvidenceStore(client),
    exchanges: createExchangesStore(client, trading.accounts),
    outside: createOutsideStore(client),
    market,
    extras,
    stop,
    agents,
    alerts,
    portfolio,
    audit,
    automation,
    lab,
    breeding: createBreedingStore(client),
    measurements,
    health: createHealthStore(client),
    performance: createPerformanceStore(client),
    models,
    lessons: createLessonsStore(client),
    memory: createMemoryStore(client),
    news: createNewsStore(client),
    stored: createStoredStore(client, lab.imported),
    launch,
    preflight,
    schedule,
    setup,
    limits: createLimitsStore(client),
    prompts: createPromptsStore(client),
    preferences,
    trading,
    treasury,
    terminal: client,
    terminalLine: createTerminalLineStore(),
    vault,
    stepUp,
    refresh,
    dispose() {
      stepUp.refuse();
      offCycle();
      engine.dispose();
      alerts.dispose();
      setup.dispose();
      cycle.dispose();
      automation.dispose();
      market.dispose();
      portfolio.dispose();
      trading.dispose();
      treasury.dispose();
      preflight.dispose();
      schedule.dispose();
      lab.dispose();
      measurements.dispose();
      models.dispose();
      preferences.dispose();
    },
  };
}
