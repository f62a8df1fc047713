import { describe, expect, it } from 'vitest';
import { newsReaction } from '#core/agent/families/news-reaction.ts';
import type { CandleSeries } from '#core/domain/candle.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { NewsReading } from '#core/news/types.ts';
import { andThen, asking, lastOf, newsAt } from '#test/support/ask-family.ts';
import { rangeCloses, tapeOf } from '#test/support/candle-tapes.ts';

const ask = asking(newsReaction);
const quiet = rangeCloses(150, 24, 0.004);
/** Candles after the quiet, by so much each, with so many times the usual volume. */
function answer(candles: number, drift: number, volume = 3): CandleSeries {
  const tape = tapeOf(andThen(quiet, candles, drift));
  return {
    ...tape,
    candles: tape.candles.map((candle, i) => ({ ...candle, volume: i < 150 ? 10 : 10 * volume })),
  };
}
const rise = answer(3, 0.003);
const event = (
  tape: CandleSeries,
  age: number,
  changes: Partial<NewsReading['event'] & object> = {},
  rest: Partial<NewsReading> = {},
) => {
  const publishedAt = unixMs(lastOf(tape).closeTime - age * 3_600_000);
  return { news: newsAt(tape, { event: { tone: 'good', sources: 3, publishedAt, ...changes }, ...rest }) };
};

describe('news reaction', () => {
  it('joins the rise that follows a corroborated good event', () => {
    expect(ask(rise, event(rise, 3))).toMatchObject({
      kind: 'enter',
      reason: expect.stringMatching(
        /^good news of 3 sources 3 candles ago: rise of [\d.]+ usual ranges, close [\d.]+$/,
      ),
    });
  });

  it('counts a candle during which the event came as one after it', () => {
    expect(ask(rise, event(rise, 2.5))).toMatchObject({
      kind: 'enter',
      reason: expect.stringContaining('3 candles ago'),
    });
  });

  it('does not trade when it should not', () => {
    const fall = answer(3, -0.003);
    const ran = answer(3, 0.02);
    const idle = answer(3, 0.003, 1);
    for (const [intent, why] of [
      [ask(rise), /^no news are followed/],
      [ask(rise, { news: newsAt(rise) }), /^no event that independent sources tell of/],
      [ask(rise, event(rise, 7)), /^old news: the event is 7 candles old, at most 6/],
      [ask(rise, event(rise, 3, { tone: 'bad' })), /^bad news 3 candles ago: shorts are not part/],
      [ask(rise, event(rise, 3, {}, { risk: 'high' })), /risk is high/],
      [
        ask(rise, { ...event(rise, 3, { sources: 2 }), parameters: { minSources: 3 } }),
        /^not corroborated: 2 sources, 3 are needed/,
      ],
      [ask(rise, event(rise, 0)), /^good news just now/],
      [ask(fall, event(fall, 3)), /^the market does not agree/],
      [ask(ran, event(ran, 3)), /^priced in/],
      [ask(idle, event(idle, 3)), /^nobody follows/],
    ] as const)
      expect(intent).toMatchObject({ kind: 'hold', reason: expect.stringMatching(why) });
    const still = tapeOf(Array(153).fill(100), '1h', 0);
    expect(ask(still, event(still, 3))).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/^the market does not move/),
    });
  });

  it('leaves on bad news, on high risk, when the move is given back, and when its time is up', () => {
    expect(ask(rise, { held: 2, ...event(rise, 1, { tone: 'bad' }) })).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('bad news 1 candles ago'),
    });
    expect(ask(rise, { held: 2, ...event(rise, 3, {}, { risk: 'high' }) })).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('risk is high'),
    });
    const back = answer(3, -0.01);
    expect(ask(back, { held: 2 })).toMatchObject({ kind: 'exit', reason: expect.stringContaining('given back') });
    expect(ask(rise, { held: 12, ...event(rise, 3) })).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('time is up'),
    });
    expect(ask(rise, { held: 11, ...event(rise, 3) })).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('the move lasts'),
    });
  });

  it('does not look at an event of later, and holds until it has seen enough', () => {
    expect(() => ask(rise, event(rise, -1))).toThrow(/were read for a decision at/);
    expect(newsReaction.warmUp(newsReaction.defaults)).toBe(71);
    const short = { ...rise, candles: rise.candles.slice(-70) };
    expect(ask(short, event(short, 3))).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('too little history'),
    });
    expect(() => newsReaction.parse({ ...newsReaction.defaults, minMoveAtr: 3, maxMoveAtr: 2 })).toThrow(/shorter/);
  });
});
