import { familyOf } from '#core/agent/family-registry.ts';
import { FAMILIES, type FamilyName } from '#core/domain/strategy.ts';
import { Fault } from '#core/kernel/fault.ts';
import { deflatedSharpe, probabilisticSharpe, type TrialCount } from '#core/statistics/deflated-sharpe.ts';
import { measured, notEnough } from '#core/statistics/figure.ts';
import { sharpeRatio } from '#core/statistics/return-metrics.ts';
import { createTrialRegistry } from '#core/statistics/trial-registry.ts';
import type { AppInput } from '#shared/contract/app-contract.ts';
import type { FamilyStudyView } from '#shared/contract/family-study.ts';
import { type LabParts, newsOf } from '../backtests.ts';
import { writeAll } from '../export-report.ts';
import type { LabWorker } from '../lab-worker.ts';
import type { Measuring } from '../measurements.ts';
import { figureOf } from '../metric-figures.ts';
import { openRequest } from '../open-request.ts';
import { configurationHash } from '../tried.ts';
import { familyStudyHtml } from './family-study-html.ts';
import { familyStudyCsv, familyStudyMarkdown } from './family-study-text.ts';
import type { FamilyStudy, FamilyStudyTask } from './play-family.ts';

type Request = AppInput<'lab.measureFamilies'>;
type Row = FamilyStudyView['families'][number];

const USUAL_WORKERS = 2;
const NO_NEWS = 'it needs news, and none were given: without them it opens nothing';
const NOTES = [
  'The windows were chosen after the fact by their prices, and the configurations by hand: no result here says what comes next.',
  'Each window is played with an account of its own. An account that has lost near 5 % stops, so a loss does not grow with the window.',
  'Costs: the fee of each fill, half a spread and the weight of the own order. Taxes and failures of a venue are not in it.',
  'The best of a family is chosen with hindsight; its significance is deflated for every configuration of every family that was tried here.',
];

/** Measures all families on one set of candles and writes the files that were asked for; each is replaced whole or not at all. */
export async function measureFamilies(
  request: Request,
  parts: LabParts,
  { startWorker, planned, stepped }: Measuring,
): Promise<FamilyStudyView> {
  refuseSameNames(request);
  const { setup, source, sourceText } = openRequest(
    { ...request, strategy: FAMILIES[0] },
    parts.instruments,
    parts.candles,
  );
  const { strategy: _, ...common } = setup;
  for (const name of request.only ?? []) familyOf(name);
  const asked = FAMILIES.filter((family) => request.only?.includes(family) ?? true);
  const wanted = asked.filter((family) => familyOf(family).needs === undefined || request.news !== undefined);
  planned(wanted.length);
  const studies = await playAll(
    wanted.map((family) => ({
      source,
      setup: common,
      family,
      ...(familyOf(family).needs === 'news' ? newsOf(request.news, setup.instrument) : {}),
    })),
    request.workers ?? USUAL_WORKERS,
    startWorker,
    stepped,
  );
  const [first] = studies;
  if (first === undefined)
    throw new Fault('usage', `none of these can be played: ${NO_NEWS}`, 'Name a family that needs candles alone.');
  const trials = studies.flatMap(({ family, dataHash, newsHash, configurations }) =>
    configurations.map(({ params, dailySharpe }) => {
      const hash = configurationHash({ ...common, strategy: family }, params, newsHash);
      parts.store.putConfiguration(dataHash, family, { configurationHash: hash, dailySharpe });
      return {
        configurationHash: hash,
        outcome:
          dailySharpe === null
            ? { kind: 'failed' as const, cause: 'no Sharpe ratio' }
            : { kind: 'finished' as const, dailySharpe },
      };
    }),
  );
  const tried = createTrialRegistry(first.dataHash, trials).count();
  const view: FamilyStudyView = {
    source: sourceText,
    interval: request.interval,
    from: first.from,
    to: first.to,
    candles: first.candles,
    dataHash: first.dataHash,
    feeBps: setup.feeBps,
    cash: setup.cash,
    tried: tried.trials,
    runs: studies.reduce((sum, study) => sum + runsOf(study), 0),
    families: asked.map((family) => {
      const study = studies.find((one) => one.family === family);
      return study === undefined ? leftOut(family) : rowOf(study, tried);
    }),
    notes: NOTES,
    files: [],
  };
  const { html, csv, markdown } = request;
  const files = writeAll([
    ...(html === undefined ? [] : [{ path: html, text: familyStudyHtml(view) }]),
    ...(csv === undefined ? [] : [{ path: csv, text: familyStudyCsv(view) }]),
    ...(markdown === undefined ? [] : [{ path: markdown, text: familyStudyMarkdown(view) }]),
  ]);
  return { ...view, files };
}

function refuseSameNames({ html, csv, markdown }: Request): void {
  const names = [html, csv, markdown].filter((name) => name !== undefined);
  if (new Set(names).size < names.length)
    throw new Fault('usage', 'one name is given to two files', 'Give each file a name of its own.');
}

/** One family after the other on each thread; all threads end with the last one, or with the first that fails. */
async function playAll(
  tasks: readonly FamilyStudyTask[],
  threads: number,
  startWorker: () => LabWorker,
  stepped: () => void,
): Promise<readonly FamilyStudy[]> {
  const results: FamilyStudy[] = [];
  let next = 0;
  const workers = Array.from({ length: Math.min(threads, tasks.length) }, startWorker);
  const work = async (worker: LabWorker): Promise<void> => {
    for (let place = next++; place < tasks.length; place = next++) {
      const task = tasks[place];
      if (task === undefined) return;
      results[place] = await worker.ask({ kind: 'family-study', ...task });
      stepped();
    }
  };
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
  }
  return results;
}

const runsOf = ({ configurations, windows, folds }: FamilyStudy): number =>
  configurations.length * (windows.length + folds.length) + folds.filter(({ chosen }) => chosen !== undefined).length;

const nothing = notEnough(0, 1, 'runs');
const leftOut = (family: FamilyName): Row => ({
  family,
  left: NO_NEWS,
  configurations: [],
  windows: [],
  folds: [],
  best: null,
  outOfSample: { totalReturn: nothing, sharpe: nothing, deflated: nothing },
});

function rowOf({ family, configurations, windows, folds, outOfSample }: FamilyStudy, tried: TrialCount): Row {
  const growth = outOfSample.reduce((mark, value) => mark * (1 + value), 1) - 1;
  const days = outOfSample.length;
  return {
    family,
    left: null,
    configurations: configurations.map(({ params, trades, dailySharpe }) => ({ params, trades, dailySharpe })),
    windows: windows.map(({ results, ...rest }) => ({
      ...rest,
      results: results.map(({ trades, totalReturn, maxDrawdown }) => ({
        trades,
        totalReturn: figureOf(totalReturn),
        maxDrawdown: figureOf(maxDrawdown),
      })),
    })),
    folds: folds.map(({ from, to, chosen, trades, totalReturn }) => ({
      from,
      to,
      chosen: chosen ?? null,
      trades,
      totalReturn:
        totalReturn === undefined ? { undefinable: 'no configuration had a score in training' } : figureOf(totalReturn),
    })),
    best: bestOf(configurations, tried),
    outOfSample: {
      totalReturn: figureOf(days === 0 ? notEnough(0, 1, 'whole days of tests') : measured(growth, days)),
      sharpe: figureOf(sharpeRatio(outOfSample)),
      deflated: figureOf(deflatedSharpe(outOfSample, tried).probability),
    },
  };
}

function bestOf(configurations: FamilyStudy['configurations'], tried: TrialCount): Row['best'] {
  let place = -1;
  for (const [index, { dailySharpe }] of configurations.entries())
    if (dailySharpe !== null && dailySharpe > (configurations[place]?.dailySharpe ?? Number.NEGATIVE_INFINITY))
      place = index;
  const best = configurations[place];
  return best === undefined
    ? null
    : {
        place,
        sharpe: figureOf(sharpeRatio(best.returns)),
        undeflated: figureOf(probabilisticSharpe(best.returns, 0)),
        deflated: figureOf(deflatedSharpe(best.returns, tried).probability),
      };
}
