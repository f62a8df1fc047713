import type { AgentView, TradeIntent } from './types.ts';

/** What a pause leaves of an intent: everything but an entry. It keeps no exit from happening. */
export function heedPause(intent: TradeIntent, { paused }: AgentView): TradeIntent {
  if (intent.kind !== 'enter' || paused === undefined) return intent;
  const { reason, decidedAt } = intent;
  return { kind: 'hold', reason: clip(`no entry while paused: ${paused} (wanted: ${reason})`), decidedAt };
}

/** Longest reason that the contract carries. */
const clip = (text: string): string => text.slice(0, 400);
