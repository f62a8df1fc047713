import type { UnixMs } from '#core/domain/ids.ts';
import type { MarketHealth, StaleReason } from '#core/ports/live-market.ts';

/** Which reason is told when there are several: the one that says most about what to do. */
const ORDER: readonly StaleReason[] = ['disconnected', 'clock', 'gap', 'crossed', 'disagrees', 'quiet', 'starting'];

export type Health = {
  /** Adds a reason. Tells the listener before it returns, so that nothing can be read in between. */
  spoil(reason: StaleReason, detail: string): void;
  clear(...reasons: readonly StaleReason[]): void;
  has(reason: StaleReason): boolean;
  now(): MarketHealth;
};

/** The reasons for which one instrument's prices may not be traded on. Live only while there is none. */
export function createHealth(now: () => UnixMs, tell: (health: MarketHealth) => void): Health {
  const reasons = new Map<StaleReason, { readonly detail: string; readonly since: UnixMs }>();
  const current = (): MarketHealth => {
    const reason = ORDER.find((one) => reasons.has(one));
    const found = reason === undefined ? undefined : reasons.get(reason);
    return reason === undefined || found === undefined ? { kind: 'live' } : { kind: 'stale', reason, ...found };
  };
  let told = '';
  const tellIfChanged = (): void => {
    const health = current();
    const key = health.kind === 'live' ? 'live' : health.reason;
    if (key === told) return;
    told = key;
    tell(health);
  };
  return {
    spoil(reason, detail) {
      if (!reasons.has(reason)) reasons.set(reason, { detail, since: now() });
      tellIfChanged();
    },
    clear(...which) {
      for (const reason of which) reasons.delete(reason);
      tellIfChanged();
    },
    has: (reason) => reasons.has(reason),
    now: current,
  };
}
