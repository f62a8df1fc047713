import type { Rng } from '../kernel/rng.ts';
import { namedForecast } from './forecast.ts';
import type { Forecast, Label } from './types.ts';

export const BASELINES = ['persistence', 'class prior', 'random', 'buy and hold'] as const;
export type BaselineName = (typeof BASELINES)[number];

/** What a baseline may know at a call: outcomes that had come due by then, oldest first. */
type Known = readonly Label[];

/** How often each label happened, each counted once more than it did (P. Laplace), so that none is impossible. */
export function priorForecast(labels: readonly Label[], known: Known): Forecast {
  const total = known.length + labels.length;
  return Object.fromEntries(
    labels.map((label) => [label, (known.filter((one) => one === label).length + 1) / total]),
  ) as Forecast;
}

/** What happened last happens again, with the probability with which that has been so till now. */
export function persistenceForecast(labels: readonly Label[], known: Known): Forecast {
  const newest = known.at(-1);
  if (newest === undefined) return namedForecast(labels, undefined, 0);
  let same = 0;
  for (let i = 1; i < known.length; i++) if (known[i] === known[i - 1]) same += 1;
  return leaning(labels, newest, (same + 1) / (known.length - 1 + labels.length));
}

/** The price rises, with the probability with which it has till now. */
export const buyAndHoldForecast = (labels: readonly Label[], known: Known): Forecast =>
  leaning(labels, 'up', (known.filter((one) => one === 'up').length + 1) / (known.length + labels.length));

/** An analyst's own forecasts in a random order: as often each, and knowing nothing (null of every skill). */
export function shuffledForecasts(forecasts: readonly Forecast[], rng: Rng): readonly Forecast[] {
  const order = [...forecasts];
  for (let i = order.length - 1; i > 0; i--) {
    const j = rng.integer(i + 1);
    [order[i], order[j]] = [order[j] as Forecast, order[i] as Forecast];
  }
  return order;
}

function leaning(labels: readonly Label[], named: Label, probability: number): Forecast {
  const rest = (1 - probability) / (labels.length - 1);
  return Object.fromEntries(labels.map((label) => [label, label === named ? probability : rest])) as Forecast;
}
