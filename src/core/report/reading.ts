import { isSignificant } from '../statistics/deflated-sharpe.ts';
import { type Figure, isKnown, lackText } from '../statistics/figure.ts';
import type { BacktestMetrics } from '../statistics/summarise.ts';
import { count, percent, probability } from './figure-text.ts';

/** What the figures together allow to be said, in plain sentences; plain text, to be escaped by the caller. */
export function readingOf({ significance, benchmarks, equity, trades }: BacktestMetrics): readonly string[] {
  return [
    deflatedSentence(significance),
    entrySentence(significance.entries),
    heldSentence(equity.totalReturn, benchmarks.buyAndHold),
    trackSentence(significance),
    tradeSentence(trades.expectancyR, trades.expectancyMoney),
  ];
}

function deflatedSentence({ deflated, undeflated }: BacktestMetrics['significance']): string {
  const tried = deflated.trials === 1 ? 'one configuration was tried' : `${deflated.trials} configurations were tried`;
  if (!isKnown(deflated.probability))
    return `Whether the result is more than luck can't be said: ${lackText(deflated.probability)}; ${tried}.`;
  const verdict = isSignificant(deflated.probability)
    ? 'above the 95% that would be called significant'
    : 'not significant at 95%';
  const before =
    isKnown(undeflated) && deflated.trials > 1 ? `; ${probability(undeflated.value)} if nothing had been chosen` : '';
  return `Probability of a true Sharpe ratio above zero, deflated because ${tried}: ${probability(deflated.probability.value)}, ${verdict}${before}.`;
}

function entrySentence(entries: Figure): string {
  if (!isKnown(entries)) return `Whether the choice of entries mattered can't be said: ${lackText(entries)}.`;
  const verdict = entries.value <= 0.05 ? 'the choice of entries shows' : 'the choice of entries does not show';
  return `Entries at random moments gained as much in ${percent(entries.value)} of the arrangements: ${verdict}.`;
}

function heldSentence(own: Figure, held: Figure): string {
  if (!isKnown(own) || !isKnown(held)) return 'There is no price record to compare with buying and holding.';
  const word = own.value > held.value ? 'more' : own.value < held.value ? 'less' : 'the same as';
  const than = word === 'the same as' ? '' : ' than';
  return `The run returned ${percent(own.value)}, ${word}${than} buying and holding (${percent(held.value)}, same costs).`;
}

function trackSentence({ minimumTrackRecord, sharpe }: BacktestMetrics['significance']): string {
  if (!isKnown(minimumTrackRecord)) return `Track record: ${lackText(minimumTrackRecord)}.`;
  const have = isKnown(sharpe) ? sharpe.n : minimumTrackRecord.n;
  const enough = have >= minimumTrackRecord.value;
  return `A Sharpe ratio like this one needs ${count(minimumTrackRecord.value)} days of record for 95% confidence before any deflation; there are ${count(have)}${enough ? '' : ', too few'}.`;
}

function tradeSentence(multiples: Figure, money: Figure): string {
  const figure = isKnown(multiples) ? multiples : money;
  if (!isKnown(figure) || !('interval' in figure))
    return `A mean result per trade is not given: ${isKnown(figure) ? 'no interval' : lackText(figure)}.`;
  const { low, high } = figure.interval;
  const verdict =
    low > 0
      ? 'the whole interval is above zero'
      : high < 0
        ? 'the whole interval is below zero'
        : 'the interval includes zero';
  return `Mean result of a trade over ${count(figure.n)} trades: ${verdict}.`;
}
