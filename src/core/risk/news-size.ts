import { type Decimal, ONE, parseDecimal, ZERO } from '../domain/decimal.ts';
import type { NewsReading, NewsRisk } from '../news/types.ts';

const SIZE: Readonly<Record<NewsRisk, Decimal>> = { low: ONE, medium: parseDecimal('0.5'), high: ZERO };

/** What is left of an entry's size for the news: all of it, half or nothing. Where no news is followed it changes nothing. */
export const newsSize = (news: Pick<NewsReading, 'risk'> | undefined): Decimal =>
  news === undefined ? ONE : SIZE[news.risk];
