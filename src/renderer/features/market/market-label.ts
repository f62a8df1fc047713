import type { EngineStatus } from '#shared/contract/engine.ts';
import { words } from '../../app/language.ts';

/** Where the candles come from, in words: what is made up is never unlabelled. */
export function marketLabel({ feed }: EngineStatus): string {
  const { seed, speed, label } = feed;
  const usual = speed === 1 || speed === 0;
  if (seed === null) return usual ? label : words.t('market.faster', { label, speed });
  return words.t(usual ? 'market.simulated' : 'market.simulatedFaster', { seed, speed });
}
