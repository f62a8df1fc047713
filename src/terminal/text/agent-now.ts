import type { CycleView } from '#shared/contract/cycle.ts';
import { type AgentProgress, agentProgress, type MarketPace } from '#shared/format/agent-progress.ts';
import { quantityText } from '#shared/format/figures.ts';
import { durationText } from '#shared/format/time.ts';
import { price } from './figures.ts';

const heldText = ({ held, entering }: AgentProgress, { instrument, priceDecimals }: CycleView): string => {
  if (held === null) return entering ? 'its entry waits for the next open' : 'holds nothing';
  const levels = [
    ...(held.stop === null ? [] : [`stop ${price(held.stop, priceDecimals)}`]),
    ...(held.target === null ? [] : [`target ${price(held.target, priceDecimals)}`]),
  ];
  const base = instrument.split('/')[0] ?? instrument;
  return [`holds ${quantityText(held.quantity)} ${base} from ${price(held.entry, priceDecimals)}`, ...levels].join(
    ', ',
  );
};

/** What an agent at work does, and how long that can take: `candle 3 of 48, over within 3m 45s: holds ...`. */
export function agentNowText(cycle: CycleView, pace: MarketPace | null): string | undefined {
  const progress = agentProgress(cycle, pace);
  if (progress === null) return undefined;
  const { candle, most, leftMs } = progress;
  const within = leftMs === null ? '' : `, over within ${durationText(leftMs)}`;
  return `candle ${candle} of ${most}${within}: ${heldText(progress, cycle)}`;
}
