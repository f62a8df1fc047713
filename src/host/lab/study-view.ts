import { sha256 } from '#adapters/digest/sha256.ts';
import type { LabStore, StoredStudy } from '#adapters/sqlite/lab-store.ts';
import { hashOf } from '#core/kernel/ids.ts';
import { evolveRequest, type SearchRequest } from '#shared/contract/lab.ts';
import type { LabStudySummary, LabStudyView } from '#shared/contract/lab-views.ts';
import type { LabParts } from './backtests.ts';
import { completeEvolution, unfinishedEvolution } from './evolution-view.ts';
import { labFamily } from './families.ts';
import { unknownId } from './keep-run.ts';
import type { RunSetup, StudyData } from './protocol.ts';
import { runSearch, significanceOf } from './search.ts';
import { bestOf, type KeptTrial, ranked, type StudyAsked, type StudyBench, scoreOf } from './study-types.ts';
import { venueText } from './tried.ts';
import { periodOf, runWalkForward } from './walk-forward.ts';

const LETTERS = { search: 'S', 'walk-forward': 'W', evolution: 'E' } as const;

type AnyAsked = StudyAsked['request'] & Partial<Pick<SearchRequest, 'detail' | 'also' | 'venue'>>;

/** What makes two studies the same question: everything but the number of threads and where the file lay. */
export function studyId({ kind, request }: StudyAsked, data: StudyData, setup: RunSetup): string {
  const { workers: _, market: __, detail: ___, also, venue: ____, ...question }: AnyAsked = request;
  // Defaults are part of the question, spelled out or not.
  for (const name of 'families' in request ? request.families : [request.strategy]) labFamily(name);
  const venue = venueText(setup);
  const hash = hashOf(sha256, kind, {
    ...question,
    // Names and intervals, not where the files lay: their candles are part of the data.
    ...(also === undefined ? {} : { also: also.map(({ instrument, interval }) => [instrument, interval ?? null]) }),
    ...(venue === undefined ? {} : { venue }),
    data: data.dataHash,
  });
  return `${LETTERS[kind]}-${hash.slice(0, 12)}`;
}

/** Everything that was answered, in order; not how long it took nor what else was ever tried in this data folder. */
const resultHashOf = (id: string, answers: unknown): string => hashOf(sha256, 'study-result', { id, answers });

const answersOf = (trials: readonly KeptTrial[]): unknown =>
  trials.map(({ runHash, finalEquity, params, status, trades }) => ({ runHash, finalEquity, params, status, trades }));

type Finished = Pick<LabStudyView, 'resultHash' | 'trials' | 'significance'> & { readonly bestScore: number | null };

/** Runs the study to its end and answers what is kept of it. */
export async function completeStudy(
  asked: StudyAsked,
  bench: StudyBench,
  head: () => LabStudySummary,
  now: LabParts['now'],
): Promise<LabStudyView> {
  if (asked.kind === 'evolution') return completeEvolution(bench, asked.request, head, now);
  const { objective } = asked.request;
  const common = (trials: readonly KeptTrial[], answers: unknown): Finished => {
    const best = bestOf(trials, objective);
    return {
      resultHash: resultHashOf(bench.id, answers),
      trials: [...ranked(trials, objective)],
      significance: significanceOf(bench, trials, objective),
      bestScore: best === undefined ? null : scoreOf(trials[best] as KeptTrial, objective),
    };
  };
  if (asked.kind === 'search') {
    const trials = await runSearch(bench, asked.request);
    return { ...head(), ...common(trials, answersOf(trials)), kind: 'search' };
  }
  const { trials, folds, outOfSample, plan } = await runWalkForward(bench, asked.request);
  const best = bestOf(trials, objective);
  const { holdout } = plan;
  return {
    ...head(),
    ...common(trials, { trials: answersOf(trials), folds, outOfSample }),
    kind: 'walk-forward',
    folds: [...folds],
    outOfSample: { ...outOfSample },
    holdout:
      holdout.to <= holdout.from
        ? null
        : {
            ...periodOf(bench.data.columns, holdout),
            state: 'locked',
            params: best === undefined ? null : (trials[best] as KeptTrial).params,
            openedAt: null,
            seenBefore: null,
            metrics: null,
            finalEquity: null,
            trades: null,
          },
  };
}

export const summaryOfStudy = (row: StoredStudy): LabStudySummary => {
  const facts = JSON.parse(row.facts) as LabStudySummary;
  return { ...facts, state: row.state, etaMs: null };
};

/** A study as it is now: whole when completed, else with what is finished of it. */
export function viewOfStudy(store: LabStore, id: string, live?: LabStudySummary): LabStudyView {
  const row = store.study(id);
  if (row === undefined) throw unknownId(id);
  if (row.state === 'completed' && row.result !== null) return JSON.parse(row.result) as LabStudyView;
  const summary = live ?? summaryOfStudy(row);
  if (summary.kind === 'evolution')
    return unfinishedEvolution(store, summary, evolveRequest.parse(JSON.parse(row.request)));
  const rows = store.results(id).filter(({ task }) => task.startsWith('all/'));
  const { objective } = summary;
  const trials = rows.map(({ body }) => JSON.parse(body) as KeptTrial);
  const common = { ...summary, resultHash: null, trials: [...ranked(trials, objective)], significance: null };
  return summary.kind === 'search'
    ? { ...common, kind: 'search' }
    : { ...common, kind: 'walk-forward', folds: [], outOfSample: null, holdout: null };
}
