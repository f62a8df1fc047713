import type { NewsReading } from '../news/types.ts';

/** What the news means for a spawn: nothing, a smaller entry (taken off when the agent enters), or no agent at all. */
export type NewsEvidence = { readonly verdict: 'none' | 'halve' | 'refuse'; readonly summary: string };

/** News can only speak against. Rendered by code from the reading: nothing that somebody wrote is in it. */
export function weighNews(news: NewsReading | undefined): NewsEvidence | undefined {
  if (news === undefined) return undefined;
  const counted = `${news.items} ${news.items === 1 ? 'item' : 'items'} of ${news.sources} ${news.sources === 1 ? 'source' : 'sources'}`;
  switch (news.risk) {
    case 'high':
      return {
        verdict: 'refuse',
        summary: `the news speaks against it: a bad event that ${news.event?.sources ?? 2} independent sources tell of (${counted})`,
      };
    case 'medium':
      return { verdict: 'halve', summary: `entries are halved for the news (${counted})` };
    case 'low':
      return {
        verdict: 'none',
        summary:
          news.silenced === true
            ? 'no good word in the news of today counts: too much of it looks tampered with'
            : `the news has nothing against it (${counted})`,
      };
  }
}
