import { sha256 } from '#adapters/digest/sha256.ts';
import { unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import { hashOf } from '#core/kernel/ids.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { openHoldout } from '#core/statistics/holdout.ts';
import { walkForwardRequest } from '#shared/contract/lab.ts';
import type { LabStudyView } from '#shared/contract/lab-views.ts';
import type { LabParts } from './backtests.ts';
import { labFamily } from './families.ts';
import { unknownId } from './keep-run.ts';
import { figureOf } from './metric-figures.ts';
import { openRequest } from './open-request.ts';
import type { TrialResult } from './protocol.ts';
import { viewOfStudy } from './study-view.ts';
import { configurationHash } from './tried.ts';
import { planOf, testTask } from './walk-forward.ts';

type WalkForward = Extract<LabStudyView, { readonly kind: 'walk-forward' }>;

/**
 * Judges the one chosen configuration on the candles kept back. The opening is written down before a candle of them is played: a crash
 * between the two costs the holdout, which is the safe side. Throws Fault `refused` when it was opened before.
 */
export async function openHoldoutOf(id: string, parts: LabParts): Promise<LabStudyView> {
  const { store, instruments, candles, now, startWorker } = parts;
  const row = store.study(id);
  if (row === undefined) throw unknownId(id);
  const view = viewOfStudy(store, id);
  if (view.kind === 'evolution')
    throw new Fault(
      'refused',
      `the holdout of ${id} stays locked: an evolution is judged on its proof`,
      'Run a walk-forward with the parameters of its best fixed by --param, and open that one.',
    );
  if (view.kind !== 'walk-forward')
    throw new Fault('usage', `${id} is a search and keeps no candles back`, 'Run a walk-forward.');
  if (view.state !== 'completed')
    throw new Fault('refused', `${id} is ${view.state}`, `Let the walk-forward end first: mt lab resume ${id}`);
  const { holdout } = view;
  if (holdout === null)
    throw new Fault('refused', `${id} kept no candles back`, 'Run it with a holdout, such as --holdout 0.2.');
  if (holdout.params === null) throw new Fault('refused', `${id} chose no configuration`, 'There is nothing to judge.');

  const request = walkForwardRequest.parse(JSON.parse(row.request));
  const opened = openRequest(request, instruments, candles);
  const worker = startWorker();
  try {
    const data = await worker.ask({ kind: 'load', source: opened.source });
    if (data.dataHash !== view.dataHash)
      throw new Fault('bad_data', `the candles of ${id} have changed since it ended`, 'Start the walk-forward anew.');
    const answer = openHoldout(
      store.holdouts().map(({ dataHash, ...opening }) => ({ ...opening, datasetHash: dataHash })),
      {
        datasetHash: view.dataHash,
        instrumentId: opened.setup.instrument?.id ?? 'unnamed',
        from: holdout.from,
        to: holdout.to,
        configurationHash: configurationHash(opened.setup, holdout.params),
        openedAt: now(),
      },
    );
    if (answer.kind === 'refused')
      throw new Fault(
        'refused',
        `the holdout of these candles was opened on ${utcText(unixMs(answer.earlier.openedAt))}`,
        'It can be looked at once. Judge the idea on newer candles.',
      );
    const opening = answer.openings.at(-1);
    if (opening === undefined) throw new Error('an opening that was not recorded');
    const { datasetHash, ...rest } = opening;
    store.putHoldout({ ...rest, dataHash: datasetHash, studyId: id, strategy: view.strategy });

    await worker.ask({ kind: 'begin', data, setup: opened.setup });
    const bench = { data, family: labFamily(view.strategy) };
    const plan = planOf(data.columns, opened.period, request);
    const { params, period, measureFrom } = testTask(bench, 'holdout', holdout.params, plan.holdout);
    const judged = await worker.ask({ kind: 'trial', params, period, measureFrom });
    const result = {
      ...view,
      holdout: {
        ...holdout,
        ...resultOf(judged),
        state: 'opened' as const,
        openedAt: opening.openedAt,
        seenBefore: answer.seenBefore,
      },
    };
    store.putHoldoutResult(
      view.dataHash,
      JSON.stringify({ resultHash: hashOf(sha256, 'holdout', judged.runHash), ...resultOf(judged) }),
    );
    store.putStudy({ ...row, result: JSON.stringify(result) });
    return result;
  } finally {
    await worker.end();
  }
}

const resultOf = (
  judged: TrialResult,
): Pick<NonNullable<WalkForward['holdout']>, 'metrics' | 'finalEquity' | 'trades'> => ({
  metrics: {
    totalReturn: figureOf(judged.totalReturn),
    sharpe: figureOf(judged.sharpe),
    sortino: figureOf(judged.sortino),
    calmar: figureOf(judged.calmar),
    maxDrawdown: figureOf(judged.maxDrawdown),
  },
  finalEquity: judged.finalEquity,
  trades: judged.trades,
});
