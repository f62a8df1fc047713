import type { Assessment } from '../analyst/types.ts';
import type { MarketContext } from '../context/types.ts';
import { unixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import { directionForecast, HORIZON_CANDLES, regimeForecast } from './forecast.ts';
import type { Call, Caller, LockedCalls } from './types.ts';

/** The calls of an assessment, each analyst's own; undefined where the market does not move and nothing can be measured in ranges of it. */
export function lockCalls(context: MarketContext, assessment: Assessment): LockedCalls | undefined {
  const atr = context.facts.find(({ name }) => name === 'atr14')?.value;
  if (atr === undefined || !(atr > 0)) return undefined;
  const { rules, modelSaid, provenance } = assessment;
  const callOf = (caller: Caller, said: typeof rules | NonNullable<typeof modelSaid>): Call => ({
    caller,
    direction: directionForecast(said),
    regime: regimeForecast(said),
  });
  const model =
    modelSaid === undefined || provenance === undefined
      ? []
      : [callOf({ kind: 'model', name: provenance.modelName, hash: provenance.modelHash }, modelSaid)];
  return {
    instrumentId: context.instrumentId,
    interval: context.interval,
    at: context.asOf,
    dueAt: unixMs(context.asOf + HORIZON_CANDLES * INTERVAL_MS[context.interval]),
    close: context.lastClose,
    atr,
    calls: [callOf({ kind: 'rules' }, rules), ...model],
  };
}
