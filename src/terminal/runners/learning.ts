import { runBacktest } from '../commands/backtest.ts';
import { runDataCheck, runDataExport, runDataList } from '../commands/data.ts';
import { runLabArbitrage } from '../commands/lab-arbitrage.ts';
import { runLabEvolve, runLabLineage, runLabReview } from '../commands/lab-evolution.ts';
import { runLabFamilies } from '../commands/lab-families.ts';
import { runLabMeasurements, runLabStopMeasurement } from '../commands/lab-measurements.ts';
import { runLabCompare, runLabExport, runLabList, runLabShow, runLabTrade } from '../commands/lab-records.ts';
import { runLabHoldout, runLabResume, runLabSearch, runLabWalkForward } from '../commands/lab-studies.ts';
import {
  runMemoryList,
  runMemoryPosteriors,
  runMemoryRevoke,
  runMemoryShow,
  runMemorySummary,
} from '../commands/memory.ts';
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
} from '../commands/models.ts';
import {
  runNewsAdd,
  runNewsFetch,
  runNewsImport,
  runNewsList,
  runNewsRemove,
  runNewsShow,
  runTrainSentiment,
} from '../commands/news.ts';
import { runPromptEdit, runPromptList, runPromptRestore, runPromptShow } from '../commands/prompts.ts';
import { runScorecard, runScorecardMeasure } from '../commands/scorecard.ts';
import { runStrategyList, runStrategyShow, runStrategySwitches } from '../commands/strategies.ts';
import { runDataFetch, runVenueCheck, runVenueList } from '../commands/venue.ts';
import type { Runners } from './types.ts';

/** Commands that study the past, and what agents learn from: candles, models, news, memory. */
export const learningRunners = {
  'prompts.ls': runPromptList,
  'prompts.show': runPromptShow,
  'prompts.edit': runPromptEdit,
  'prompts.restore': runPromptRestore,
  'data.ls': runDataList,
  'data.check': runDataCheck,
  'data.export': runDataExport,
  'data.fetch': runDataFetch,
  'models.ls': runModelList,
  'models.import': runModelImport,
  'models.download': runModelDownload,
  'models.rm': runModelRemove,
  'models.use': runModelUse,
  'models.remote': runModelRemote,
  'models.load': runModelLoad,
  'models.unload': runModelUnload,
  'models.bench': runModelBench,
  'models.canary': runModelCanary,
  'lab.families': runLabFamilies,
  'strategies.ls': runStrategyList,
  'strategies.switches': runStrategySwitches,
  'strategies.show': runStrategyShow,
  'news.ls': runNewsList,
  'news.add': runNewsAdd,
  'news.rm': runNewsRemove,
  'news.fetch': runNewsFetch,
  'news.import': runNewsImport,
  'news.show': runNewsShow,
  'models.train-sentiment': runTrainSentiment,
  'venue.ls': runVenueList,
  'venue.check': runVenueCheck,
  backtest: runBacktest,
  'lab.arbitrage': runLabArbitrage,
  'lab.search': runLabSearch,
  'lab.walkforward': runLabWalkForward,
  'lab.list': runLabList,
  'lab.show': runLabShow,
  'lab.trade': runLabTrade,
  'lab.compare': runLabCompare,
  'lab.export': runLabExport,
  'lab.resume': runLabResume,
  'lab.holdout': runLabHoldout,
  'lab.measurements': runLabMeasurements,
  'lab.measurements.stop': runLabStopMeasurement,
  'lab.evolve': runLabEvolve,
  'lab.lineage': runLabLineage,
  'lab.review': runLabReview,
  'scorecard.show': runScorecard,
  'scorecard.measure': runScorecardMeasure,
  'memory.ls': runMemoryList,
  'memory.show': runMemoryShow,
  'memory.revoke': runMemoryRevoke,
  'memory.posteriors': runMemoryPosteriors,
  'memory.summary': runMemorySummary,
} as const satisfies Partial<Runners>;
