import { z } from 'zod';
import { ema } from '#core/context/indicators/ema.ts';
import { numberText } from '../../kernel/number-text.ts';
import type { NewsReading } from '../../news/types.ts';
import { columnsAt, newest } from '../columns.ts';
import type { StrategyFamily } from '../types.ts';
import { enterLong, exit, hold, tooFewCandles } from './intents.ts';
import { before, newsOf, pricesOf } from './readings.ts';

/** Candles over which the average has to have risen. */
const SLOPE = 3;

export const sentimentSchema = z.strictObject({
  minTone: z
    .number()
    .min(0.05)
    .max(0.8)
    .describe('least mean tone of the news for an entry; -1 is all bad, 1 all good'),
  exitTone: z.number().min(-0.8).max(0).describe('tone at which a position is closed'),
  minItems: z.int().min(2).max(50).describe('least number of news items, so that one writer is no mood'),
  minSources: z.int().min(1).max(10).describe('least number of sources they come from'),
  maxGreed: z.int().min(50).max(100).describe('Fear & Greed above which everybody has bought already'),
  trendLength: z.int().min(10).max(100).describe('candles of the exponential average that has to rise below the price'),
  maxBarsHeld: z.int().min(2).max(200).describe('candles after which a position is closed whatever it made'),
});
type Sentiment = z.infer<typeof sentimentSchema>;

const warmUp = ({ trendLength }: Sentiment): number => 3 * trendLength + SLOPE;

/** Why these news are no reason to buy; undefined when they are. */
function notOn(news: NewsReading, parameters: Sentiment): string | undefined {
  const { items, sources, sentiment: tone, risk, fearGreed } = news;
  if (risk === 'high') return `the news say that risk is high (${items} items)`;
  if (items < parameters.minItems) return `too few news: ${items} items, ${parameters.minItems} are needed`;
  if (sources < parameters.minSources) return `too few sources: ${sources}, ${parameters.minSources} are needed`;
  if (fearGreed !== undefined && fearGreed > parameters.maxGreed)
    return `everybody is greedy already: Fear & Greed ${fearGreed} is above ${parameters.maxGreed}`;
  return tone < parameters.minTone
    ? `the mood is not good enough: tone ${numberText(tone, 3)}, ${numberText(parameters.minTone, 3)} is needed`
    : undefined;
}

/**
 * Buys when the mood of the news is good and the price, judged without a word of text, agrees. News alone never open anything; without
 * news it opens nothing, and what it holds is closed by price and time.
 */
export const sentiment: StrategyFamily = {
  name: 'sentiment',
  summary: 'Buys when the mood of the news is good and a rising average agrees, and leaves when either turns.',
  notWhen:
    'No news are followed, they are few or from one source, their risk is high, everybody is greedy already, or the price does not agree.',
  needs: 'news',
  schema: sentimentSchema,
  defaults: {
    minTone: 0.15,
    exitTone: -0.05,
    minItems: 5,
    minSources: 2,
    maxGreed: 80,
    trendLength: 30,
    maxBarsHeld: 48,
  },
  parse: (parameters) => sentimentSchema.parse(parameters),
  warmUp: (parameters) => warmUp(sentimentSchema.parse(parameters)),
  decide(view, given) {
    const parameters = sentimentSchema.parse(given);
    if (view.holding && view.barsHeld >= parameters.maxBarsHeld)
      return exit(view, `time is up: held ${view.barsHeld} candles, at most ${parameters.maxBarsHeld}`);
    const news = newsOf(view);
    const columns = columnsAt(view);
    const needed = warmUp(parameters);
    if (columns.length < needed) return tooFewCandles(view, columns.length, needed);
    const averages = ema(columns.close, parameters.trendLength);
    const [close, average] = [newest('close', columns.close), newest('average', averages)];
    const priceText = pricesOf(columns);
    const closeText = `close ${priceText(close)}`;
    const averageText = `EMA ${parameters.trendLength} at ${priceText(average)}`;
    if (view.holding) {
      if (close < average) return exit(view, `the price turned: ${closeText} is below ${averageText}`);
      if (news === undefined)
        return hold(view, `no news are followed: the position is left to price and time, ${closeText}`);
      if (news.risk === 'high') return exit(view, `the news say that risk is high (${news.items} items)`);
      if (news.sentiment <= parameters.exitTone)
        return exit(view, `the mood turned: tone ${numberText(news.sentiment, 3)} of ${news.items} items`);
      return hold(view, `the mood lasts: tone ${numberText(news.sentiment, 3)}, ${closeText} above ${averageText}`);
    }
    if (news === undefined)
      return hold(view, `no news are followed: nothing is opened on the price alone (${closeText})`);
    const unfit = notOn(news, parameters);
    if (unfit !== undefined) return hold(view, unfit);
    const toneText = `tone ${numberText(news.sentiment, 3)} of ${news.items} items`;
    if (close <= average)
      return hold(view, `the price does not agree: ${closeText} is not above ${averageText}, ${toneText}`);
    if (average <= before('average', averages, SLOPE))
      return hold(view, `the price does not agree: ${averageText} does not rise, ${toneText}`);
    return enterLong(view, `good mood and a rising price: ${toneText}, ${closeText}, ${averageText}`);
  },
};
