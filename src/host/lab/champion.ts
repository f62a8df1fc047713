import type { GenomeStore, StoredPromotion } from '#adapters/sqlite/genome-store.ts';
import type { PromotionRecord } from '#core/evolution/decay.ts';
import type { Genome } from '#core/evolution/types.ts';
import { readGenome } from './genome-view.ts';
import type { StudyBench } from './study-types.ts';

/** What a promotion rests on; kept with it, so that later results can be held against it. */
export type PromotionFigures = PromotionRecord & {
  readonly proofSharpe: number | null;
  /** Close of the last candle of the study, holdout included, UTC ms: what comes after it is new. */
  readonly until: number;
};

export type Champion = {
  readonly genome: Genome;
  readonly promoted: StoredPromotion;
  readonly figures: PromotionFigures;
};

/** For which candles a genome holds the place. Candles of nobody knows what are a market of their own. */
export function marketOf({ setup, data }: Pick<StudyBench, 'setup' | 'data'>): string {
  const name = setup.instrument?.symbol ?? `candles ${data.dataHash.slice(0, 12)}`;
  return `${name} ${data.columns.interval}`;
}

/** Who holds the place of a market. What `without` decided is left out: a study that goes on must not find itself there. */
export function championOf(genomes: GenomeStore, market: string, without?: string): Champion | undefined {
  let reigning: StoredPromotion | undefined;
  for (const decision of genomes.decisions()) {
    if (decision.market !== market || decision.studyId === without) continue;
    if (decision.decision === 'promoted') reigning = decision;
    else if (decision.decision === 'demoted' && decision.genomeHash === reigning?.genomeHash) reigning = undefined;
  }
  if (reigning === undefined) return undefined;
  const { genomeHash, studyId, figures } = reigning;
  const kept = genomes.bredBy(studyId).find(({ hash }) => hash === genomeHash);
  if (kept === undefined) throw new Error(`promoted genome ${genomeHash} is not kept`);
  return { genome: readGenome(kept), promoted: reigning, figures: JSON.parse(figures) as PromotionFigures };
}
