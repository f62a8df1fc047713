import type { CycleView } from '../contract/cycle.ts';
import type { run } from '../i18n/en/run.ts';
import { compare, plus, trimmed } from './decimal-text.ts';
import { shortPercentText } from './figures.ts';

type Spec = Pick<NonNullable<CycleView['agentSpec']>, 'family' | 'parameters' | 'envelope' | 'lifespan'>;
type Market = { readonly instrument: string; readonly interval: string };
type Plan = typeof run.plan;
type Said = Exclude<keyof Plan, 'approach'>;

/** A sentence of the plan: its key in the catalogue and what may go into it. Each face words it in its own language. */
export type PlanLine = {
  readonly key: `run.plan.${Said}` | `run.plan.approach.${keyof Plan['approach']}`;
  readonly values: ReturnType<typeof valuesOf>;
};

const valuesOf = ({ envelope, lifespan, parameters }: Spec, { instrument, interval }: Market) => ({
  instrument,
  interval,
  stop: trimmed(envelope.stopAtr),
  target: trimmed(envelope.targetAtr),
  candles: lifespan.maxBars,
  most: envelope.maxPositions,
  parts: partsOf(parameters),
  size: shortPercentText(envelope.maxNotionalFraction),
  dayLoss: shortPercentText(envelope.dayLoss),
});

const partsOf = (parameters: Spec['parameters']): number => parameters['tranches'] ?? 1;

/** Bought in equal parts: there is no target then, for a resting sale could trade with the next part. */
export const inParts = (parameters: Spec['parameters']): boolean => partsOf(parameters) > 1;

/**
 * What may be lost at worst when stops fill at their price, as fractions of equity. A day ends only the entries: below its loss the agent
 * may enter once more, and lose that trade as well.
 */
export function worstOf({ riskPerTrade, maxNotionalFraction, dayLoss }: Spec['envelope']): {
  readonly trade: string;
  readonly day: string;
} {
  const trade = compare(riskPerTrade, maxNotionalFraction) < 0 ? riskPerTrade : maxNotionalFraction;
  return { trade, day: plus(dayLoss, trade) };
}

/** What the agent may do, made from its spec alone. */
export function willDo(spec: Spec, market: Market): readonly PlanLine[] {
  const values = valuesOf(spec, market);
  return [
    { key: `run.plan.approach.${spec.family}`, values },
    { key: inParts(spec.parameters) ? 'run.plan.stopOfParts' : 'run.plan.stopAndTarget', values },
    { key: 'run.plan.closedCandles', values },
  ];
}

function positions({ envelope, parameters }: Spec): Said {
  if (envelope.maxPositions === 1) return inParts(parameters) ? 'onePositionOfParts' : 'onePosition';
  return inParts(parameters) ? 'positionsOfParts' : 'positions';
}

/** What code keeps it from doing, whatever its instructions or a model say. */
export function willNotDo(spec: Spec, market: Market): readonly PlanLine[] {
  const values = valuesOf(spec, market);
  const said: readonly Said[] = [
    ...(spec.envelope.allowShort ? [] : (['noShort'] as const)),
    positions(spec),
    'size',
    'dayLoss',
    'noBypass',
  ];
  return said.map((one) => ({ key: `run.plan.${one}`, values }));
}
