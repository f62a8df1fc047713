import type { CycleMarket } from '../cycle-terms.ts';
import type { EngineParts } from '../parts.ts';

/** What was called earlier on this market and has come due by now. Whether that can be read and written has nothing to do with a cycle. */
export function settleScores({ scores, logger }: Pick<EngineParts, 'scores' | 'logger'>, market: CycleMarket): void {
  try {
    scores.settle({ ...market, instrumentId: market.instrument.id }, market.clock.now());
  } catch (error) {
    logger.error('the outcome of earlier calls could not be recorded', error);
  }
}
