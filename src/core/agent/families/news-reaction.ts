import { z } from 'zod';
import { rollingMin } from '#core/context/indicators/rolling-extremes.ts';
import { numberText } from '../../kernel/number-text.ts';
import type { NewsReading } from '../../news/types.ts';
import { type Columns, columnsAt, newest } from '../columns.ts';
import type { AgentView, StrategyFamily } from '../types.ts';
import { enterLong, exit, hold, tooFewCandles } from './intents.ts';
import { before, meanVolume, newsOf, pricesOf, usualRange } from './readings.ts';
import { WILDER_WARM_UP } from './wilder.ts';

/** Candles before the event whose mean volume is usual. */
const USUAL_VOLUME = 20;

export const newsReactionSchema = z
  .strictObject({
    minSources: z.int().min(2).max(10).describe('independent sources that must tell of the event'),
    maxAgeBars: z.int().min(1).max(48).describe('closed candles after which an event is old news'),
    minMoveAtr: z.number().min(0.1).max(3).describe('least rise since the event, in ATR(14): the market has to agree'),
    maxMoveAtr: z.number().min(1).max(10).describe('rise since the event, in ATR(14), above which it is priced in'),
    minVolumeShare: z.number().min(0.2).max(5).describe('least mean volume since the event as a share of the usual'),
    maxBarsHeld: z.int().min(2).max(100).describe('candles after which a position is closed whatever it made'),
  })
  .refine(({ minMoveAtr, maxMoveAtr }) => minMoveAtr < maxMoveAtr, {
    path: ['minMoveAtr'],
    error: 'the least rise must be shorter than the rise that is priced in',
  });
type NewsReaction = z.infer<typeof newsReactionSchema>;
type NewsEvent = NonNullable<NewsReading['event']>;

const warmUp = ({ maxAgeBars }: NewsReaction): number => Math.max(maxAgeBars + USUAL_VOLUME + 1, WILDER_WARM_UP + 1);

/** Closed candles that began after the event was published, or during which it was. */
function candlesSince({ publishedAt }: NewsEvent, { asOf, series }: AgentView): number {
  let count = 0;
  for (let i = series.candles.length - 1; i >= 0; i--) {
    const closeTime = series.candles[i]?.closeTime ?? 0;
    if (closeTime <= publishedAt) break;
    if (closeTime <= asOf) count++;
  }
  return count;
}

type Answer = {
  /** Rise since the last close before the event, in usual ranges; undefined where candles have none. */
  readonly move: number | undefined;
  /** Mean volume since as a share of the mean before; 0 where nothing was traded before. */
  readonly volumeShare: number;
};

function answerOf(columns: Columns, age: number): Answer {
  const range = usualRange(columns);
  const rise = newest('close', columns.close) - before('close', columns.close, age);
  const usual = meanVolume(columns, USUAL_VOLUME, age);
  return {
    move: range > 1e-9 ? rise / range : undefined,
    volumeShare: usual > 0 ? meanVolume(columns, age, 0) / usual : 0,
  };
}

/**
 * Joins the market's own answer to an event that at least two independent sources told of. The event says when to look; whether to buy is
 * said by price and volume since. An entry lies above the last close before the event, and the exit below every close of that time, so
 * that an entry is never followed by an exit on the same candle.
 */
export const newsReaction: StrategyFamily = {
  name: 'news-reaction',
  summary: 'Joins a rise that follows a corroborated good event, as long as it is young.',
  notWhen:
    'No news are followed, there is no fresh good event of independent sources, the news call the risk high, price and volume do not follow, or the move is priced in.',
  needs: 'news',
  schema: newsReactionSchema,
  defaults: { minSources: 2, maxAgeBars: 6, minMoveAtr: 0.5, maxMoveAtr: 4, minVolumeShare: 1.1, maxBarsHeld: 12 },
  parse: (parameters) => newsReactionSchema.parse(parameters),
  warmUp: (parameters) => warmUp(newsReactionSchema.parse(parameters)),
  decide(view, given) {
    const parameters = newsReactionSchema.parse(given);
    if (view.holding && view.barsHeld >= parameters.maxBarsHeld)
      return exit(view, `time is up: held ${view.barsHeld} candles, at most ${parameters.maxBarsHeld}`);
    const news = newsOf(view);
    const columns = columnsAt(view);
    const needed = warmUp(parameters);
    if (columns.length < needed) return tooFewCandles(view, columns.length, needed);
    const event = news?.event;
    const age = event === undefined ? 0 : candlesSince(event, view);
    const fresh = event !== undefined && age <= parameters.maxAgeBars;
    const close = newest('close', columns.close);
    const priceText = pricesOf(columns);
    const closeText = `close ${priceText(close)}`;
    if (view.holding) {
      if (fresh && event.tone === 'bad')
        return exit(view, `bad news ${age} candles ago, told by ${event.sources} sources`);
      if (news?.risk === 'high') return exit(view, `the news say that risk is high (${news.items} items)`);
      const lowest = before('lowest close', rollingMin(columns.close, parameters.maxAgeBars), 1);
      if (close < lowest) return exit(view, `the move is given back: ${closeText} is below ${priceText(lowest)}`);
      return hold(view, `the move lasts: ${closeText}, lowest close before ${priceText(lowest)}`);
    }
    if (news === undefined) return hold(view, `no news are followed: nothing to react to (${closeText})`);
    if (event === undefined) return hold(view, `no event that independent sources tell of among ${news.items} news`);
    if (!fresh) return hold(view, `old news: the event is ${age} candles old, at most ${parameters.maxAgeBars}`);
    if (event.tone === 'bad') return hold(view, `bad news ${age} candles ago: shorts are not part of this release`);
    if (news.risk === 'high') return hold(view, `the news say that risk is high (${news.items} items)`);
    if (event.sources < parameters.minSources)
      return hold(view, `not corroborated: ${event.sources} sources, ${parameters.minSources} are needed`);
    if (age === 0) return hold(view, `good news just now: 1 closed candle is needed to see the market's answer`);
    const { move, volumeShare } = answerOf(columns, age);
    if (move === undefined) return hold(view, `the market does not move: ${closeText}`);
    const moveText = `rise of ${numberText(move, 3)} usual ranges`;
    if (move < parameters.minMoveAtr)
      return hold(view, `the market does not agree: ${moveText}, ${numberText(parameters.minMoveAtr, 3)} are needed`);
    if (move > parameters.maxMoveAtr)
      return hold(view, `priced in: ${moveText}, at most ${numberText(parameters.maxMoveAtr, 3)}`);
    if (volumeShare < parameters.minVolumeShare)
      return hold(view, `nobody follows: volume is ${numberText(volumeShare, 3)} of the usual`);
    return enterLong(view, `good news of ${event.sources} sources ${age} candles ago: ${moveText}, ${closeText}`);
  },
};
