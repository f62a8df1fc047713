import { REGIMES } from '../analyst/types.ts';
import type { Rng } from '../kernel/rng.ts';
import type { Estimate } from '../statistics/figure.ts';
import { shareOf } from '../statistics/wilson.ts';
import {
  type BaselineName,
  buyAndHoldForecast,
  persistenceForecast,
  priorForecast,
  shuffledForecasts,
} from './baselines.ts';
import { type CalibrationBin, calibrationOf } from './calibration.ts';
import { likeliest } from './forecast.ts';
import { brierScore, logLoss, meanScore } from './score.ts';
import { type Caller, DIRECTIONS, type Forecast, type Label, type Question, type Resolved } from './types.ts';

/** One caller, or one baseline, on one question. */
export type ScoreRow = {
  readonly question: Question;
  /** `rules`, the name of a model, or of a baseline. */
  readonly who: string;
  readonly caller: Caller | undefined;
  readonly n: number;
  readonly brier: Estimate;
  readonly logLoss: Estimate;
  /** Share of calls whose likeliest label happened. */
  readonly right: Estimate;
  /** Mean Brier score less that of each other on the same calls: below zero is better than it. Of callers only. */
  readonly versus: readonly { readonly other: string; readonly difference: Estimate }[];
  readonly calibration: readonly CalibrationBin[];
};

export type Scorecard = { readonly resolved: number; readonly rows: readonly ScoreRow[] };

const LABELS: Readonly<Record<Question, readonly Label[]>> = { direction: DIRECTIONS, regime: REGIMES };

type Scored = { readonly forecast: Forecast; readonly happened: Label; readonly brier: number };

/**
 * All callers side by side on what came due, with the baselines on the very same calls. A baseline knows at a call what had come due by
 * then on that market, and nothing later. `resolved` in the order of time; `rng` is the chance of the random baseline alone.
 */
export function scorecardOf(resolved: readonly Resolved[], rng: Rng): Scorecard {
  const known = knownAt(resolved);
  const rows = (Object.keys(LABELS) as Question[]).flatMap((question) =>
    callersIn(resolved).flatMap((caller) =>
      rowsOf(question, caller, resolved, known, rng.fork(`${question} ${nameOf(caller)}`)),
    ),
  );
  return { resolved: resolved.length, rows };
}

export const nameOf = (caller: Caller): string => (caller.kind === 'rules' ? 'rules' : caller.name);
const keyOf = (caller: Caller): string => (caller.kind === 'rules' ? 'rules' : caller.hash);

/** Every caller once, the rules first. */
export function callersIn(resolved: readonly Resolved[]): readonly Caller[] {
  const found = new Map<string, Caller>();
  for (const { calls } of resolved) for (const { caller } of calls) found.set(keyOf(caller), caller);
  return [...found.values()].sort((a, b) => Number(a.kind !== 'rules') - Number(b.kind !== 'rules'));
}

function rowsOf(
  question: Question,
  caller: Caller,
  resolved: readonly Resolved[],
  known: readonly (readonly Resolved[])[],
  rng: Rng,
): readonly ScoreRow[] {
  const labels = LABELS[question];
  const places = resolved.flatMap(({ calls }, i) =>
    calls.some((call) => keyOf(call.caller) === keyOf(caller)) ? [i] : [],
  );
  const moments = places.map((i) => resolved[i] as Resolved);
  const overlap = overlapOf(moments);
  const score = (forecasts: readonly Forecast[]): readonly Scored[] =>
    forecasts.map((forecast, i) => {
      const happened = (moments[i] as Resolved).outcome[question];
      return { forecast, happened, brier: brierScore(forecast, labels, happened) };
    });
  const of = (one: Resolved, who: Caller): Forecast | undefined =>
    one.calls.find((call) => keyOf(call.caller) === keyOf(who))?.[question];
  const own = moments.flatMap((one) => of(one, caller) ?? []);
  const past = places.map((i) => (known[i] as readonly Resolved[]).map(({ outcome }) => outcome[question]));
  const others: [BaselineName | 'rules', readonly Forecast[]][] = [
    ['persistence', past.map((one) => persistenceForecast(labels, one))],
    ['class prior', past.map((one) => priorForecast(labels, one))],
    ['random', shuffledForecasts(own, rng)],
  ];
  if (question === 'direction') others.push(['buy and hold', past.map((one) => buyAndHoldForecast(labels, one))]);
  if (caller.kind === 'model') {
    const rules = moments.flatMap((one) => of(one, { kind: 'rules' }) ?? []);
    // Rules judge every moment first; without them there is nothing to compare with.
    if (rules.length === own.length) others.push(['rules', rules]);
  }
  const scored = score(own);
  const rivals = others.map(([other, forecasts]) => ({ other, scored: score(forecasts) }));
  const row = (who: string, list: readonly Scored[], versus: ScoreRow['versus']): ScoreRow => ({
    question,
    who,
    caller: who === nameOf(caller) ? caller : undefined,
    n: list.length,
    brier: meanScore(
      list.map(({ brier }) => brier),
      overlap,
    ),
    logLoss: meanScore(
      list.map(({ forecast, happened }) => logLoss(forecast, happened)),
      overlap,
    ),
    right: shareOf(
      list.filter(({ forecast, happened }) => likeliest(forecast, labels) === happened).length,
      list.length,
      'resolved calls',
    ),
    versus,
    calibration: versus.length === 0 ? [] : calibrationOf(list, labels),
  });
  const versus = rivals.map(({ other, scored: theirs }) => ({
    other,
    difference: meanScore(
      scored.map(({ brier }, i) => brier - (theirs[i] as Scored).brier),
      overlap,
    ),
  }));
  // Baselines are shown once, on the calls of the rules, which judge every moment.
  const shown = caller.kind === 'rules' ? rivals.map(({ other, scored: theirs }) => row(other, theirs, [])) : [];
  return [row(nameOf(caller), scored, versus), ...shown];
}

/** What had come due by each moment on its own market, oldest first. */
function knownAt(resolved: readonly Resolved[]): readonly (readonly Resolved[])[] {
  return resolved.map(({ at, instrumentId, interval }, i) =>
    resolved
      .slice(0, i)
      .filter((one) => one.dueAt <= at && one.instrumentId === instrumentId && one.interval === interval),
  );
}

/** How many of the following calls are made before one comes due, at most. */
export function overlapOf(moments: readonly { readonly at: number; readonly dueAt: number }[]): number {
  let most = 0;
  for (const [i, { dueAt }] of moments.entries()) {
    let inside = 0;
    for (let j = i + 1; j < moments.length && (moments[j]?.at ?? Number.POSITIVE_INFINITY) < dueAt; j++) inside += 1;
    most = Math.max(most, inside);
  }
  return most;
}
