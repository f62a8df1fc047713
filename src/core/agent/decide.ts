import { INTERVAL_MS } from '../domain/interval.ts';
import { utcText } from '../kernel/utc-text.ts';
import type { AgentSpec } from '../spawner/types.ts';
import { exit, hold } from './families/intents.ts';
import { familyOf } from './family-registry.ts';
import { heedNews } from './heed-news.ts';
import { heedPause } from './heed-pause.ts';
import type { AgentView, StrategyFamily, TradeIntent } from './types.ts';

/** Longest reason that the contract carries. */
const MAX_REASON = 400;

export type DecideOptions = {
  /** Told when a family throws, for the log; the decision is then a hold. */
  readonly report?: (fault: unknown) => void;
  /** Where families come from; the registry unless a test says otherwise. */
  readonly families?: (name: string) => StrategyFamily;
};

/**
 * What an agent wants at this moment: its family's answer inside its lifespan. A family that fails, or asks for what it may not have,
 * is answered with a hold that says so: an open position then rests under its protective stop. Never throws for a family's sake.
 */
export function decide(spec: AgentSpec, view: AgentView, options: DecideOptions = {}): TradeIntent {
  const outlived = beyondLifespan(spec, view);
  if (outlived !== undefined) return outlived;
  try {
    if (view.series.interval !== spec.interval)
      throw new Error(`made for ${spec.interval} candles, given ${view.series.interval}`);
    const family = (options.families ?? familyOf)(spec.family);
    const wanted = permitted(family.decide(view, spec.parameters), view, family.tranches?.(spec.parameters) ?? 1);
    return heedPause(heedNews(wanted, view), view);
  } catch (fault) {
    options.report?.(fault);
    return hold(view, clip(`held because the strategy failed: ${messageOf(fault)}`));
  }
}

function beyondLifespan(spec: AgentSpec, view: AgentView): TradeIntent | undefined {
  const { expiresAt, maxBars } = spec.lifespan;
  if (view.asOf >= expiresAt) {
    const over = `lifespan over at ${utcText(expiresAt)}`;
    return view.holding ? exit(view, over) : hold(view, over);
  }
  if (view.holding) {
    return view.barsHeld >= maxBars ? exit(view, `held ${view.barsHeld} candles, the most this agent may`) : undefined;
  }
  // An entry fills at the next open; with one candle left nobody would decide about it again before it is closed.
  const lastChance = expiresAt - INTERVAL_MS[spec.interval];
  return view.asOf >= lastChance
    ? hold(view, `no entry so late: the lifespan ends at ${utcText(expiresAt)}`)
    : undefined;
}

/**
 * Keeps a family to what this release can do, and to the moment it was asked about. Throws on an answer that is none, and takes nothing
 * over but what an intent is made of: a broken family keeps to no types.
 */
function permitted(intent: TradeIntent, view: AgentView, tranches: number): TradeIntent {
  const { kind, reason } = intent;
  if (typeof reason !== 'string') throw new Error('it gave no reason in words');
  const said = { reason: clip(reason), decidedAt: view.asOf };
  switch (kind) {
    case 'enter':
      if (intent.direction !== 'long') return hold(view, 'downtrend: shorts are not part of this release');
      if (view.entering === true)
        return hold(view, 'entry on its way: the order that was sent waits for the next open');
      if (!view.holding) return { kind, direction: 'long', ...partsOf(tranches), ...said };
      if (tranches === 1) return hold(view, 'already holding: nothing is added to a position');
      return (view.tranches ?? 1) < tranches
        ? { kind, direction: 'long', ...partsOf(tranches), ...said }
        : hold(view, `already holding all ${tranches} parts: nothing is added to a position`);
    case 'exit':
      return view.holding ? { kind, ...said } : hold(view, 'nothing to exit');
    case 'hold':
      return { kind, ...said };
    default:
      throw new Error(`it answered neither enter, exit nor hold but ${JSON.stringify(kind satisfies never)}`);
  }
}

/** The parts are the family's by its parameters, whatever its answer says. */
const partsOf = (tranches: number): { readonly tranches?: number } => (tranches > 1 ? { tranches } : {});
const clip = (text: string): string => text.slice(0, MAX_REASON);
const messageOf = (fault: unknown): string =>
  (fault instanceof Error ? fault.message : String(fault)).replace(/\s+/g, ' ').trim().slice(0, 200);
