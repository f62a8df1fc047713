import { AgeBadge, MaybeStale } from '../../components/age-badge.tsx';
import { Panel, type PanelProps } from '../../components/panel.tsx';
import { FEED_EXPECTED_MS, useStaleFeed } from './use-feed-age.ts';

/** A panel whose figures move with the simulated market: when that stands still it keeps them, hatched, beside a clock with their age. */
export function MarketPanel({ actions, children, ...panel }: PanelProps) {
  const stale = useStaleFeed();
  return (
    <div className="contents" data-market={stale === null ? 'fresh' : 'stale'}>
      <Panel
        {...panel}
        actions={
          <>
            {stale !== null && <AgeBadge ageMs={stale} intervalMs={FEED_EXPECTED_MS} />}
            {actions}
          </>
        }
      >
        <MaybeStale stale={stale !== null}>{children}</MaybeStale>
      </Panel>
    </div>
  );
}
