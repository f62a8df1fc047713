import { tellHash } from '../transport/contract-hash.ts';
import { accessContract } from './access.ts';
import { accountsContract } from './accounts.ts';
import { agentsContract } from './agents.ts';
import { alertsContract } from './alerts.ts';
import { arbitrageContract } from './arbitrage.ts';
import { auditContract } from './audit.ts';
import { automationContract } from './automation.ts';
import { backupContract } from './backup.ts';
import { cycleContract } from './cycle.ts';
import { dataContract } from './data.ts';
import {
  type CallInput,
  type CallOutput,
  type Client,
  defineContract,
  type EventPayload,
  type Handlers,
} from './define.ts';
import { engineContract } from './engine.ts';
import { evolutionContract } from './evolution.ts';
import { familyStudyContract } from './family-study.ts';
import { healthContract } from './health.ts';
import { killContract } from './kill.ts';
import { labContract } from './lab.ts';
import { limitsContract } from './limits.ts';
import { marketContract } from './market.ts';
import { measurementsContract } from './measurements.ts';
import { memoryContract } from './memory.ts';
import { modelsContract } from './models.ts';
import { newsContract } from './news.ts';
import { ordersContract } from './orders.ts';
import { outboundContract } from './outbound.ts';
import { performanceContract } from './performance.ts';
import { portfolioContract } from './portfolio.ts';
import { preferencesContract } from './preferences.ts';
import { profitContract } from './profit.ts';
import { promptsContract } from './prompts.ts';
import { rebalanceContract } from './rebalance.ts';
import { receiptsContract } from './receipts.ts';
import { scheduleContract } from './schedule.ts';
import { scorecardContract } from './scorecard.ts';
import { setupContract } from './setup.ts';
import { strategiesContract } from './strategies.ts';
import { terminalContract } from './terminal.ts';
import { tokensContract } from './tokens.ts';
import { vaultContract } from './vault.ts';
import { venueContract } from './venues.ts';

/** Everything the engine offers. Window, terminal and socket speak exactly this. */
export const appContract = defineContract({
  ...engineContract,
  ...healthContract,
  ...setupContract,
  ...killContract,
  ...automationContract,
  ...scheduleContract,
  ...limitsContract,
  ...preferencesContract,
  ...memoryContract,
  ...cycleContract,
  ...marketContract,
  ...agentsContract,
  ...alertsContract,
  ...outboundContract,
  ...tokensContract,
  ...portfolioContract,
  ...performanceContract,
  ...profitContract,
  ...rebalanceContract,
  ...promptsContract,
  ...receiptsContract,
  ...ordersContract,
  ...accountsContract,
  ...auditContract,
  ...backupContract,
  ...labContract,
  ...evolutionContract,
  ...arbitrageContract,
  ...strategiesContract,
  ...familyStudyContract,
  ...measurementsContract,
  ...dataContract,
  ...modelsContract,
  ...newsContract,
  ...scorecardContract,
  ...venueContract,
  ...vaultContract,
  ...accessContract,
  ...terminalContract,
});

// A bundle knows the fingerprint from its building; unbuilt code works it out when it is first asked for.
declare const APP_FINGERPRINT: string | undefined;
if (typeof APP_FINGERPRINT === 'string') tellHash(appContract, APP_FINGERPRINT);

export type AppContract = typeof appContract;
export type AppClient = Client<AppContract>;
export type AppHandlers = Handlers<AppContract>;
export type AppInput<K extends keyof AppContract> = CallInput<AppContract, K>;
export type AppOutput<K extends keyof AppContract> = CallOutput<AppContract, K>;
export type AppEvent<K extends keyof AppContract> = EventPayload<AppContract, K>;
