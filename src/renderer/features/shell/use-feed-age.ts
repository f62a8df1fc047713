import { useEffect, useState } from 'react';
import type { EngineStatus } from '#shared/contract/engine.ts';
import { isStale } from '../../components/age-badge.tsx';
import { useEngine } from '../../stores/stores-context.tsx';

const TICK_MS = 500;
const SECOND_MS = 1000;
/** The longest interval that a press takes by itself, in market time: twice as old, and nothing is opened on it. */
export const FEED_EXPECTED_MS = 3_600_000;

/**
 * Milliseconds of market time since the newest candle closed. The engine tells the age when it tells its state, which it does when a
 * candle closes; from then on the market's clock goes on, `speed` times as fast as ours.
 */
export const feedAgeAt = (feed: EngineStatus['feed'], receivedAt: number, now: number): number | null =>
  feed.ageMs === null ? null : feed.ageMs + Math.max(0, now - receivedAt) * feed.speed;

/** The age at this moment, as `feedAgeAt`; null when there is no candle or the state is not known yet. */
export function useFeedAge(): number | null {
  const feed = useEngine((state) => state.status?.feed ?? null);
  const receivedAt = useEngine((state) => state.receivedAt);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return feed === null ? null : feedAgeAt(feed, receivedAt, now);
}

/** How old the newest candle is once that is too old, to the second; null while it is fresh, so that nothing is drawn anew for it. */
export function useStaleFeed(): number | null {
  const feed = useEngine((state) => state.status?.feed ?? null);
  const receivedAt = useEngine((state) => state.receivedAt);
  const [stale, setStale] = useState<number | null>(null);
  useEffect(() => {
    const look = (): void => {
      const age = feed === null ? null : feedAgeAt(feed, receivedAt, performance.now());
      setStale(age !== null && isStale(age, FEED_EXPECTED_MS) ? Math.floor(age / SECOND_MS) * SECOND_MS : null);
    };
    look();
    const timer = setInterval(look, TICK_MS);
    return () => clearInterval(timer);
  }, [feed, receivedAt]);
  return stale;
}
