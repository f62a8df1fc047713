import { runHelp, runVersion } from './commands/about.ts';
import { runAccessLog, runAccessStatus, runBackupCodes, runTotpDisable, runTotpEnroll } from './commands/access.ts';
import { runAccountAdd, runAccountList, runAccountRemove } from './commands/account.ts';
import { runAgents, runAgentWhy } from './commands/agents.ts';
import {
  runAlertKinds,
  runAlertMute,
  runAlertPrice,
  runAlertPrices,
  runAlertRemove,
  runAlerts,
  runAlertsRead,
} from './commands/alerts.ts';
import { runAnalyse } from './commands/analyse.ts';
import { runApiDescribe } from './commands/api.ts';
import { runAuditExport, runAuditStatus, runAuditVerify } from './commands/audit.ts';
import { runApprovals, runApprove, runFlatten, runHalt, runMode, runReject } from './commands/automation.ts';
import { runBacktest } from './commands/backtest.ts';
import { runBackupList, runBackupNow, runBackupRestore, runBackupVerify } from './commands/backup.ts';
import { runChart } from './commands/chart.ts';
import { runConfigGet, runConfigSet } from './commands/config.ts';
import { runDataCheck, runDataExport, runDataList } from './commands/data.ts';
import { runKill, runResume, runStop } from './commands/gate.ts';
import { runHealth, runLogs } from './commands/health.ts';
import { runPortfolioShow } from './commands/holdings.ts';
import { runKeysAdd, runKeysList, runKeysRemove } from './commands/keys.ts';
import { runLabArbitrage } from './commands/lab-arbitrage.ts';
import { runLabEvolve, runLabLineage, runLabReview } from './commands/lab-evolution.ts';
import { runLabFamilies } from './commands/lab-families.ts';
import { runLabCompare, runLabExport, runLabList, runLabShow } from './commands/lab-records.ts';
import { runLabHoldout, runLabResume, runLabSearch, runLabWalkForward } from './commands/lab-studies.ts';
import { runLimits, runLimitsSet } from './commands/limits.ts';
import {
  runMemoryList,
  runMemoryPosteriors,
  runMemoryRevoke,
  runMemoryShow,
  runMemorySummary,
} from './commands/memory.ts';
import {
  runModelBench,
  runModelCanary,
  runModelDownload,
  runModelImport,
  runModelList,
  runModelLoad,
  runModelRemote,
  runModelRemove,
  runModelUnload,
  runModelUse,
} from './commands/models.ts';
import {
  runNewsAdd,
  runNewsFetch,
  runNewsImport,
  runNewsList,
  runNewsRemove,
  runNewsShow,
  runTrainSentiment,
} from './commands/news.ts';
import { runAgentLog, runAgentRetire, runAgentShow } from './commands/one-agent.ts';
import {
  runOrderBuy,
  runOrderCancel,
  runOrderClose,
  runOrderList,
  runOrderPreview,
  runOrderSell,
} from './commands/order.ts';
import {
  runOutboundEmail,
  runOutboundLog,
  runOutboundRemove,
  runOutboundShow,
  runOutboundTelegram,
  runOutboundTest,
  runOutboundWebhook,
} from './commands/outbound.ts';
import { runPerformance, runTargets } from './commands/performance.ts';
import {
  runPortfolioExport,
  runPortfolioLog,
  runProfitRelease,
  runProfitSet,
  runProfitShow,
} from './commands/portfolio.ts';
import { runPromptEdit, runPromptList, runPromptRestore, runPromptShow } from './commands/prompts.ts';
import { runRebalance, runTargetsSet, runTargetsShow } from './commands/rebalance.ts';
import { runReceipt, runReplay } from './commands/receipts.ts';
import { runImport } from './commands/records.ts';
import { runScorecard, runScorecardMeasure } from './commands/scorecard.ts';
import { runSetup } from './commands/setup.ts';
import { runSpawn } from './commands/spawn.ts';
import { runStatus } from './commands/status.ts';
import { runStrategyList, runStrategyShow, runStrategySwitches } from './commands/strategies.ts';
import { runUp } from './commands/up.ts';
import {
  runVaultChange,
  runVaultLock,
  runVaultRecovery,
  runVaultRotate,
  runVaultSet,
  runVaultStatus,
  runVaultUnattended,
  runVaultUnlock,
} from './commands/vault.ts';
import { runDataFetch, runVenueCheck, runVenueList } from './commands/venue.ts';
import { runWhy } from './commands/why.ts';
import type { Context } from './context.ts';
import type { Call } from './program.ts';

/** Runs one checked command. A command added to the registry does not compile until it is run here. */
export function runCommand(call: Call, context: Context): Promise<number> {
  switch (call.id) {
    case 'spawn':
      return runSpawn(call.args, context);
    case 'analyse':
      return runAnalyse(call.args, context);
    case 'chart':
      return runChart(call.args, context);
    case 'portfolio.show':
      return runPortfolioShow(call.args, context);
    case 'status':
      return runStatus(call.args, context);
    case 'health':
      return runHealth(call.args, context);
    case 'setup':
      return runSetup(call.args, context);
    case 'logs':
      return runLogs(call.args, context);
    case 'agents':
      return runAgents(call.args, context);
    case 'agents.show':
      return runAgentShow(call.args, context);
    case 'agents.log':
      return runAgentLog(call.args, context);
    case 'agents.retire':
      return runAgentRetire(call.args, context);
    case 'agent.why':
      return runAgentWhy(call.args, context);
    case 'receipt':
      return runReceipt(call.args, context);
    case 'replay':
      return runReplay(call.args, context);
    case 'why':
      return runWhy(call.args, context);
    case 'account.ls':
      return runAccountList(call.args, context);
    case 'account.add':
      return runAccountAdd(call.args, context);
    case 'account.remove':
      return runAccountRemove(call.args, context);
    case 'order.buy':
      return runOrderBuy(call.args, context);
    case 'order.sell':
      return runOrderSell(call.args, context);
    case 'order.preview':
      return runOrderPreview(call.args, context);
    case 'order.cancel':
      return runOrderCancel(call.args, context);
    case 'order.close':
      return runOrderClose(call.args, context);
    case 'order.ls':
      return runOrderList(call.args, context);
    case 'import':
      return runImport(call.args, context);
    case 'prompts.ls':
      return runPromptList(call.args, context);
    case 'prompts.show':
      return runPromptShow(call.args, context);
    case 'prompts.edit':
      return runPromptEdit(call.args, context);
    case 'prompts.restore':
      return runPromptRestore(call.args, context);
    case 'data.ls':
      return runDataList(call.args, context);
    case 'data.check':
      return runDataCheck(call.args, context);
    case 'data.export':
      return runDataExport(call.args, context);
    case 'data.fetch':
      return runDataFetch(call.args, context);
    case 'models.ls':
      return runModelList(call.args, context);
    case 'models.import':
      return runModelImport(call.args, context);
    case 'models.download':
      return runModelDownload(call.args, context);
    case 'models.rm':
      return runModelRemove(call.args, context);
    case 'models.use':
      return runModelUse(call.args, context);
    case 'models.remote':
      return runModelRemote(call.args, context);
    case 'models.load':
      return runModelLoad(call.args, context);
    case 'models.unload':
      return runModelUnload(call.args, context);
    case 'models.bench':
      return runModelBench(call.args, context);
    case 'models.canary':
      return runModelCanary(call.args, context);
    case 'lab.families':
      return runLabFamilies(call.args, context);
    case 'strategies.ls':
      return runStrategyList(call.args, context);
    case 'strategies.switches':
      return runStrategySwitches(call.args, context);
    case 'strategies.show':
      return runStrategyShow(call.args, context);
    case 'news.ls':
      return runNewsList(call.args, context);
    case 'news.add':
      return runNewsAdd(call.args, context);
    case 'news.rm':
      return runNewsRemove(call.args, context);
    case 'news.fetch':
      return runNewsFetch(call.args, context);
    case 'news.import':
      return runNewsImport(call.args, context);
    case 'news.show':
      return runNewsShow(call.args, context);
    case 'models.train-sentiment':
      return runTrainSentiment(call.args, context);
    case 'venue.ls':
      return runVenueList(call.args, context);
    case 'venue.check':
      return runVenueCheck(call.args, context);
    case 'backtest':
      return runBacktest(call.args, context);
    case 'lab.arbitrage':
      return runLabArbitrage(call.args, context);
    case 'lab.search':
      return runLabSearch(call.args, context);
    case 'lab.walkforward':
      return runLabWalkForward(call.args, context);
    case 'lab.list':
      return runLabList(call.args, context);
    case 'lab.show':
      return runLabShow(call.args, context);
    case 'lab.compare':
      return runLabCompare(call.args, context);
    case 'lab.export':
      return runLabExport(call.args, context);
    case 'lab.resume':
      return runLabResume(call.args, context);
    case 'lab.holdout':
      return runLabHoldout(call.args, context);
    case 'lab.evolve':
      return runLabEvolve(call.args, context);
    case 'lab.lineage':
      return runLabLineage(call.args, context);
    case 'lab.review':
      return runLabReview(call.args, context);
    case 'audit.verify':
      return runAuditVerify(call.args, context);
    case 'scorecard.show':
      return runScorecard(call.args, context);
    case 'scorecard.measure':
      return runScorecardMeasure(call.args, context);
    case 'backup.now':
      return runBackupNow(call.args, context);
    case 'backup.ls':
      return runBackupList(call.args, context);
    case 'backup.verify':
      return runBackupVerify(call.args, context);
    case 'backup.restore':
      return runBackupRestore(call.args, context);
    case 'audit.export':
      return runAuditExport(call.args, context);
    case 'audit.status':
      return runAuditStatus(call.args, context);
    case 'vault.status':
      return runVaultStatus(call.args, context);
    case 'vault.set-passphrase':
      return runVaultSet(call.args, context);
    case 'vault.unlock':
      return runVaultUnlock(call.args, context);
    case 'vault.lock':
      return runVaultLock(call.args, context);
    case 'vault.change-passphrase':
      return runVaultChange(call.args, context);
    case 'vault.rotate':
      return runVaultRotate(call.args, context);
    case 'vault.recovery':
      return runVaultRecovery(call.args, context);
    case 'vault.unattended':
      return runVaultUnattended(call.args, context);
    case 'keys.ls':
      return runKeysList(call.args, context);
    case 'keys.add':
      return runKeysAdd(call.args, context);
    case 'keys.remove':
      return runKeysRemove(call.args, context);
    case 'up':
      return runUp(call.args, context);
    case 'mode':
      return runMode(call.args, context);
    case 'approvals':
      return runApprovals(call.args, context);
    case 'approve':
      return runApprove(call.args, context);
    case 'reject':
      return runReject(call.args, context);
    case 'halt':
      return runHalt(call.args, context);
    case 'flatten':
      return runFlatten(call.args, context);
    case 'kill':
      return runKill(call.args, context);
    case 'stop':
      return runStop(call.args, context);
    case 'resume':
      return runResume(call.args, context);
    case 'access.status':
      return runAccessStatus(call.args, context);
    case 'access.log':
      return runAccessLog(call.args, context);
    case 'access.totp.enroll':
      return runTotpEnroll(call.args, context);
    case 'access.totp.disable':
      return runTotpDisable(call.args, context);
    case 'access.backup-codes':
      return runBackupCodes(call.args, context);
    case 'limits.show':
      return runLimits(call.args, context);
    case 'limits.set':
      return runLimitsSet(call.args, context);
    case 'config.get':
      return runConfigGet(call.args, context);
    case 'config.set':
      return runConfigSet(call.args, context);
    case 'portfolio.profit.show':
      return runProfitShow(call.args, context);
    case 'portfolio.profit.set':
      return runProfitSet(call.args, context);
    case 'portfolio.profit.release':
      return runProfitRelease(call.args, context);
    case 'portfolio.targets.show':
      return runTargetsShow(call.args, context);
    case 'portfolio.targets.set':
      return runTargetsSet(call.args, context);
    case 'portfolio.rebalance':
      return runRebalance(call.args, context);
    case 'perf':
      return runPerformance(call.args, context);
    case 'targets':
      return runTargets(call.args, context);
    case 'portfolio.log':
      return runPortfolioLog(call.args, context);
    case 'portfolio.export':
      return runPortfolioExport(call.args, context);
    case 'memory.ls':
      return runMemoryList(call.args, context);
    case 'memory.show':
      return runMemoryShow(call.args, context);
    case 'memory.revoke':
      return runMemoryRevoke(call.args, context);
    case 'memory.posteriors':
      return runMemoryPosteriors(call.args, context);
    case 'memory.summary':
      return runMemorySummary(call.args, context);
    case 'alerts':
      return runAlerts(call.args, context);
    case 'outbound.show':
      return runOutboundShow(call.args, context);
    case 'outbound.webhook':
      return runOutboundWebhook(call.args, context);
    case 'outbound.telegram':
      return runOutboundTelegram(call.args, context);
    case 'outbound.email':
      return runOutboundEmail(call.args, context);
    case 'outbound.test':
      return runOutboundTest(call.args, context);
    case 'outbound.remove':
      return runOutboundRemove(call.args, context);
    case 'outbound.log':
      return runOutboundLog(call.args, context);
    case 'alerts.read':
      return runAlertsRead(call.args, context);
    case 'alerts.kinds':
      return runAlertKinds(call.args, context);
    case 'alerts.mute':
      return runAlertMute(call.args, context);
    case 'alert.price':
      return runAlertPrice(call.args, context);
    case 'alert.prices':
      return runAlertPrices(call.args, context);
    case 'alert.remove':
      return runAlertRemove(call.args, context);
    case 'api.describe':
      return runApiDescribe(call.args, context);
    case 'version':
      return runVersion(call.args, context);
    case 'help':
      return runHelp(call.args, context);
  }
}
