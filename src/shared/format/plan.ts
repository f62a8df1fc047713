import type { CycleView } from '../contract/cycle.ts';
import { trimmed } from './decimal-text.ts';
import { shortPercentText } from './figures.ts';

type Spec = NonNullable<CycleView['agentSpec']>;

const APPROACH: Readonly<Record<Spec['family'], string>> = {
  'trend-following': 'Trade with the move while it lasts, and get out when it ends',
  'mean-reversion': 'Buy what has fallen too far below its mean, and sell the way back',
  scalping: 'Buy short dips of a small rise, and be out again within a few candles',
  dca: 'Buy in equal parts spread over time, and sell all of it after a set time',
  reversal: 'Buy the first turn after a marked and exhausted fall',
  sentiment: 'Buy when the mood of the news is good and the price agrees',
  'news-reaction': 'Join a rise that follows a corroborated good event, while it is young',
  'pattern-recognition': 'Buy when bullish chart patterns are complete, and leave on a bearish one',
};

/** What the agent may do, in sentences made from its spec alone. */
export function willDo(
  spec: Spec,
  market: { readonly instrument: string; readonly interval: string },
): readonly string[] {
  const { envelope, lifespan } = spec;
  return [
    `${APPROACH[spec.family]}, on ${market.instrument} ${market.interval}`,
    inParts(spec)
      ? `Put a stop ${trimmed(envelope.stopAtr)} ATR from entry, which further parts can only raise; no target`
      : `Put a stop ${trimmed(envelope.stopAtr)} ATR from entry and a target ${trimmed(envelope.targetAtr)} ATR away`,
    `Decide on closed candles only, for at most ${lifespan.maxBars} of them`,
  ];
}

/** Bought in equal parts: there is no target then, for a resting sale could trade with the next part. */
const inParts = ({ parameters }: Spec): boolean => (parameters['tranches'] ?? 1) > 1;

/** What code keeps it from doing, whatever its instructions or a model say. */
export function willNotDo(spec: Spec): readonly string[] {
  const { envelope } = spec;
  return [
    ...(envelope.allowShort ? [] : ['Sell short']),
    `Hold more than ${envelope.maxPositions === 1 ? 'one position' : `${envelope.maxPositions} positions`}, or ${inParts(spec) ? `buy more than ${spec.parameters['tranches']} parts of it` : 'add to a loser'}`,
    `Put more than ${shortPercentText(envelope.maxNotionalFraction)} of equity into a position`,
    `Enter again after losing ${shortPercentText(envelope.dayLoss)} in a day`,
    'Send any order past the risk gate',
  ];
}
