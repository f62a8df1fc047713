import type { NewsReading } from '../news/types.ts';

export type NewsFactName =
  | 'newsSentiment'
  | 'newsChange'
  | 'newsItems'
  | 'newsSources'
  | 'fearGreed'
  | 'newsRisk'
  | 'newsEvent';

const RISK = { low: 0, medium: 1, high: 2 } as const;

/**
 * Facts of a reading. NaN stands for what is not known: everything where no news is followed, the tone where no item counts. They are shown
 * and remembered; no regime, bias or prompt is made of them, so that a direction always comes from the market alone.
 */
export function newsFacts(news: NewsReading | undefined): Readonly<Record<NewsFactName, number>> {
  const known = news !== undefined && news.items > 0 && news.silenced !== true;
  const unknown = Number.NaN;
  return {
    newsSentiment: known ? news.sentiment : unknown,
    newsChange: known ? news.change : unknown,
    newsItems: news?.items ?? unknown,
    newsSources: news?.sources ?? unknown,
    fearGreed: news?.fearGreed ?? unknown,
    newsRisk: news === undefined ? unknown : RISK[news.risk],
    newsEvent: news?.event === undefined ? unknown : news.event.tone === 'good' ? 1 : -1,
  };
}
