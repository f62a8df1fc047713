import { runAccountAdd, runAccountList, runAccountRemove, runAccountReset } from '../commands/account.ts';
import { runAgentClone } from '../commands/agent-clone.ts';
import { runAgents, runAgentWhy } from '../commands/agents.ts';
import { runAnalyse } from '../commands/analyse.ts';
import { runApprovals, runApprove, runFlatten, runHalt, runMode, runReject } from '../commands/automation.ts';
import { runChart } from '../commands/chart.ts';
import { runFacts } from '../commands/facts.ts';
import { runKill, runResume, runStop } from '../commands/gate.ts';
import { runLimits, runLimitsSet } from '../commands/limits.ts';
import { runAgentLog, runAgentPause, runAgentResume, runAgentRetire, runAgentShow } from '../commands/one-agent.ts';
import {
  runOrderBuy,
  runOrderCancel,
  runOrderClose,
  runOrderList,
  runOrderPreview,
  runOrderSell,
  runOrderTighten,
} from '../commands/order.ts';
import { runPerformance, runTargets } from '../commands/performance.ts';
import {
  runPortfolioExport,
  runPortfolioLog,
  runProfitRelease,
  runProfitSet,
  runProfitShow,
} from '../commands/portfolio.ts';
import { runRebalance, runTargetsSet, runTargetsShow } from '../commands/rebalance.ts';
import { runReceipt, runReplay } from '../commands/receipts.ts';
import { runImport } from '../commands/records.ts';
import { runSchedule, runScheduleOff, runScheduleSet } from '../commands/schedule.ts';
import { runSpawn } from '../commands/spawn.ts';
import { runWhy } from '../commands/why.ts';
import type { Runners } from './types.ts';

/** Commands that judge a market, trade, stop trading, and say what came of it. */
export const tradingRunners = {
  spawn: runSpawn,
  analyse: runAnalyse,
  chart: runChart,
  agents: runAgents,
  'agents.show': runAgentShow,
  'agents.log': runAgentLog,
  'agent.pause': runAgentPause,
  'agent.resume': runAgentResume,
  'agents.retire': runAgentRetire,
  'agents.clone': runAgentClone,
  'agent.why': runAgentWhy,
  facts: runFacts,
  receipt: runReceipt,
  replay: runReplay,
  why: runWhy,
  'account.ls': runAccountList,
  'account.add': runAccountAdd,
  'account.remove': runAccountRemove,
  'account.reset': runAccountReset,
  'order.buy': runOrderBuy,
  'order.sell': runOrderSell,
  'order.preview': runOrderPreview,
  'order.cancel': runOrderCancel,
  'order.close': runOrderClose,
  'order.tighten': runOrderTighten,
  'order.ls': runOrderList,
  import: runImport,
  mode: runMode,
  schedule: runSchedule,
  'schedule.set': runScheduleSet,
  'schedule.off': runScheduleOff,
  approvals: runApprovals,
  approve: runApprove,
  reject: runReject,
  halt: runHalt,
  flatten: runFlatten,
  kill: runKill,
  stop: runStop,
  resume: runResume,
  'limits.show': runLimits,
  'limits.set': runLimitsSet,
  'portfolio.profit.show': runProfitShow,
  'portfolio.profit.set': runProfitSet,
  'portfolio.profit.release': runProfitRelease,
  'portfolio.targets.show': runTargetsShow,
  'portfolio.targets.set': runTargetsSet,
  'portfolio.rebalance': runRebalance,
  perf: runPerformance,
  targets: runTargets,
  'portfolio.log': runPortfolioLog,
  'portfolio.export': runPortfolioExport,
} as const satisfies Partial<Runners>;
