import type { AgentView, TradeIntent } from './types.ts';

/**
 * What the news adds to an intent: nothing, or a veto. It never makes an entry, never turns one round, and never keeps an exit from
 * happening; so false good news opens nothing, and false bad news costs an opportunity at most.
 */
export function heedNews(intent: TradeIntent, { news }: AgentView): TradeIntent {
  if (intent.kind !== 'enter' || news === undefined) return intent;
  const { reason, decidedAt } = intent;
  if (news.risk === 'high')
    return { kind: 'hold', reason: clip(`no entry against a bad event in the news (wanted: ${reason})`), decidedAt };
  return news.risk === 'medium' ? { ...intent, reason: clip(`${reason}; half the size for the news`) } : intent;
}

/** Longest reason that the contract carries. */
const clip = (text: string): string => text.slice(0, 400);
