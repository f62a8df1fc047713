import type { EngineStatus } from '#shared/contract/engine.ts';

/** Where the candles come from, in words: what is made up is never unlabelled. */
export function marketLabel({ feed }: EngineStatus): string {
  const speed = feed.speed === 1 || feed.speed === 0 ? '' : `, ${feed.speed}x`;
  return feed.seed === null ? `${feed.label}${speed}` : `Simulated market, seed ${feed.seed}${speed}`;
}
