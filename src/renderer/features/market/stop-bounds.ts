import type { PriceLineView } from '#shared/contract/market.ts';
import type { MovableStop } from '../../charts/stop-drag.ts';

/**
 * Between which prices a stop can be moved at all: from one tick beyond where it is to one tick short of the market. It only keeps a hand from asking
 * for what is refused anyway; the engine judges by the prices that it knows. Undefined when there is no room.
 */
export function stopBounds(line: PriceLineView, newest: number, decimals: number): MovableStop | undefined {
  const { agentId } = line;
  if (line.kind !== 'stop' || !line.open) return undefined;
  const tick = 10 ** -decimals;
  const price = Number(line.price);
  const [lowest, highest] = line.side === 'buy' ? [price + tick, newest - tick] : [newest + tick, price - tick];
  return lowest > highest ? undefined : { agentId, price, lowest, highest };
}
