import type { Hash } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import { judgeDecay } from '#core/evolution/decay.ts';
import { Fault } from '#core/kernel/fault.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { countBefore } from '#core/market/candle-columns.ts';
import type { AppInput } from '#shared/contract/app-contract.ts';
import type { ReviewView } from '#shared/contract/evolution.ts';
import { evolveRequest } from '#shared/contract/lab.ts';
import type { LabParts } from './backtests.ts';
import type { PromotionFigures } from './champion.ts';
import { genomeIdOf, readGenome, windowsOf } from './genome-view.ts';
import { studyFor } from './lineage-view.ts';
import { openRequest } from './open-request.ts';

/**
 * Plays a promoted genome on candles after all of its study, holdout included, and holds what it earns there against what it was
 * promoted on. A decay takes its place away at once; what was decided is written down with its reasons either way.
 */
export async function reviewGenome({ id, market }: AppInput<'lab.review'>, parts: LabParts): Promise<ReviewView> {
  const { store, instruments, candles, now, startWorker } = parts;
  const study = studyFor(store, id);
  const decisions = store.genomes.decisions().filter(({ genomeHash }) => genomeIdOf(genomeHash as Hash) === id);
  const promoted = decisions.findLast(({ decision }) => decision === 'promoted');
  if (promoted === undefined)
    throw new Fault('refused', `${id} was never promoted`, 'A review asks whether a promotion still holds.');
  const figures = JSON.parse(promoted.figures) as PromotionFigures;
  const bred = store.genomes.bredBy(study.id).find(({ hash }) => hash === promoted.genomeHash);
  if (bred === undefined) throw new Error(`promoted genome ${id} is not kept`);
  const genome = readGenome(bred);

  const { from: _, to: __, ...request } = evolveRequest.parse(JSON.parse(study.request));
  const opened = openRequest({ ...request, market, strategy: genome.family }, instruments, candles);
  const worker = startWorker();
  try {
    const data = await worker.ask({ kind: 'load', source: opened.source });
    const { openTime, length } = data.columns;
    const first = countBefore(openTime, unixMs(figures.until));
    if (first >= length)
      throw new Fault(
        'usage',
        `these candles hold nothing after ${utcText(unixMs(figures.until))}, where the study of ${id} ends`,
        'Give newer candles.',
      );
    await worker.ask({ kind: 'begin', data, setup: opened.setup });
    const windows = windowsOf({ data }, genome, [{ from: first, to: length }]);
    const result = await worker.ask({ kind: 'windows', params: genome.parameters, ...windows });
    if (result.returns === null)
      throw new Fault('refused', `${id} failed on these candles: ${result.cause?.message ?? ''}`, 'Look at its cause.');
    const { decision, reasons, days } = judgeDecay(figures, result.returns);
    const holds = decisions.at(-1)?.decision !== 'demoted' && decisions.at(-1)?.decision !== 'replaced';
    const demoted = decision === 'demote' && holds;
    const { studyId, genomeHash, market: place } = promoted;
    const record = { studyId, genomeHash, market: place, at: now(), figures: promoted.figures };
    if (holds)
      store.genomes.decide([{ ...record, decision: demoted ? 'demoted' : 'kept', reasons: JSON.stringify(reasons) }]);
    return { genome: id, decision, reasons: [...reasons], days, demoted };
  } finally {
    await worker.end();
  }
}
