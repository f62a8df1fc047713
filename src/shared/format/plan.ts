import type { CycleView } from '../contract/cycle.ts';
import { trimmed } from './decimal-text.ts';
import { shortPercentText } from './figures.ts';

type Spec = NonNullable<CycleView['agentSpec']>;

const APPROACH: Readonly<Record<Spec['family'], string>> = {
  'trend-following': 'Trade with the move while it lasts, and get out when it ends',
  'mean-reversion': 'Buy what has fallen too far below its mean, and sell the way back',
};

/** What the agent may do, in sentences made from its spec alone. */
export function willDo(
  spec: Spec,
  market: { readonly instrument: string; readonly interval: string },
): readonly string[] {
  const { envelope, lifespan } = spec;
  return [
    `${APPROACH[spec.family]}, on ${market.instrument} ${market.interval}`,
    `Put a stop ${trimmed(envelope.stopAtr)} ATR from entry and a target ${trimmed(envelope.targetAtr)} ATR away`,
    `Decide on closed candles only, for at most ${lifespan.maxBars} of them`,
  ];
}

/** What code keeps it from doing, whatever its instructions or a model say. */
export function willNotDo(spec: Spec): readonly string[] {
  const { envelope } = spec;
  return [
    ...(envelope.allowShort ? [] : ['Sell short']),
    `Hold more than ${envelope.maxPositions === 1 ? 'one position' : `${envelope.maxPositions} positions`}, or add to a loser`,
    `Put more than ${shortPercentText(envelope.maxNotionalFraction)} of equity into a position`,
    `Enter again after losing ${shortPercentText(envelope.dayLoss)} in a day`,
    'Send any order past the risk gate',
  ];
}
