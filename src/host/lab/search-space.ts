import type { FamilyParameters } from '#core/domain/strategy.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { Rng } from '#core/kernel/rng.ts';
import type { LabAxis, SearchRequest } from '#shared/contract/lab.ts';
import { boundsText, type LabFamily, outside, parameterOf, remedyFor } from './families.ts';

/** One parameter that is searched: its listed values, or every value between two bounds. */
type Axis =
  | { readonly name: string; readonly values: readonly number[] }
  | { readonly name: string; readonly least: number; readonly most: number; readonly whole: boolean };

export type SearchSpace = {
  readonly axes: readonly Axis[];
  /** The configuration of these searched values; undefined when the family refuses the combination. */
  readonly complete: (searched: FamilyParameters) => FamilyParameters | undefined;
};

/** A grid is listed before it is thinned by the family's own rules; more than this is not worth listing. */
const MOST_LISTED = 2_000_000;
/** Draws for each configuration that is wanted, before a space counts as used up. */
const DRAWS_EACH = 50;

const usage = (message: string, remedy: string): Fault => new Fault('usage', message, remedy);

/** Checks the axes against the family. Throws Fault `usage` that names the parameter and its bounds. */
export function openSpace(family: LabFamily, request: Pick<SearchRequest, 'space' | 'params' | 'method'>): SearchSpace {
  const { space, params, method } = request;
  const twice = space.find(({ name }, index) => space.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) throw usage(`${twice.name} is given twice`, 'Give each parameter one span.');
  const both = space.find(({ name }) => Object.hasOwn(params, name));
  if (both !== undefined) throw usage(`${both.name} is fixed and searched`, 'Give it one of the two.');
  for (const name of Object.keys(params)) parameterOf(family, name);
  const asked: readonly LabAxis[] =
    space.length > 0
      ? space
      : family.parameters.filter(({ name }) => !Object.hasOwn(params, name)).map(({ name }) => ({ name }));
  const axes = asked.map((axis) => openAxis(family, axis));
  const endless = axes.find((axis) => !('values' in axis));
  if (method === 'grid' && endless !== undefined)
    throw usage(
      `a grid needs the values of ${endless.name}`,
      `Give steps or a list, such as ${endless.name}=from..to:step. ${remedyFor(family)}`,
    );
  const complete = (searched: FamilyParameters): FamilyParameters | undefined => {
    try {
      return family.complete({ ...params, ...searched });
    } catch (error) {
      if (error instanceof Fault) return undefined;
      throw error;
    }
  };
  return { axes, complete };
}

function openAxis(family: LabFamily, { name, from, to, step, values }: LabAxis): Axis {
  const parameter = parameterOf(family, name);
  const check = (value: number): number => {
    const wrong = outside(parameter, value);
    if (wrong !== undefined) throw usage(`${family.name}: ${wrong}`, `Its bounds are ${boundsText(parameter)}.`);
    return value;
  };
  if (values !== undefined) return { name, values: [...new Set(values.map(check))] };
  const [least, most] = [check(from ?? parameter.least), check(to ?? parameter.most)];
  if (least > most) throw usage(`the span of ${name} is empty: ${least}..${most}`, 'Write the smaller value first.');
  if (step === undefined) return { name, least, most, whole: parameter.whole };
  const count = Math.floor((most - least) / step + 1e-9) + 1;
  if (count > MOST_LISTED) throw usage(`${name} has ${count} steps`, 'Use larger steps.');
  // Twelve digits take away what repeated adding of a decimal step leaves.
  return { name, values: Array.from({ length: count }, (_, i) => check(Number((least + i * step).toPrecision(12)))) };
}

const keyOf = (parameters: FamilyParameters): string =>
  Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${parameters[name]}`)
    .join(' ');

/** Every allowed combination in the order of the axes. Throws Fault `usage` when there are more than the budget or none. */
export function gridOf({ axes, complete }: SearchSpace, budget: number): readonly FamilyParameters[] {
  const lists = axes.map((axis) => ({ name: axis.name, values: 'values' in axis ? axis.values : [] }));
  const size = lists.reduce((product, { values }) => product * values.length, 1);
  if (size > MOST_LISTED) throw usage(`the grid has ${size} configurations`, 'Use larger steps or fewer parameters.');
  const found: FamilyParameters[] = [];
  for (let index = 0; index < size; index++) {
    let rest = index;
    const searched: Record<string, number> = {};
    for (const { name, values } of lists.toReversed()) {
      searched[name] = values[rest % values.length] as number;
      rest = Math.floor(rest / values.length);
    }
    const whole = complete(searched);
    if (whole !== undefined) found.push(whole);
  }
  if (found.length > budget)
    throw usage(
      `the grid has ${found.length} configurations, the budget is ${budget}`,
      'Raise the budget, or use larger steps.',
    );
  if (found.length === 0)
    throw usage('no combination of the grid is allowed', 'Look at the rules between the parameters.');
  return found;
}

const drawOn = (axis: Axis, rng: Rng): number => {
  if ('values' in axis) return axis.values[rng.integer(axis.values.length)] as number;
  return onAxis(axis, axis.least + rng.next() * (axis.most - axis.least));
};

/** Four digits are finer than any of these parameters matters, and keep hashes and tables readable. */
const onAxis = (axis: Extract<Axis, { readonly least: number }>, value: number): number => {
  const rounded = axis.whole ? Math.round(value) : Number(value.toPrecision(4));
  return Math.min(axis.most, Math.max(axis.least, rounded));
};

/** Adds different configurations to `known` until there are `count` new ones or the space seems used up. */
function drawDifferent(
  space: SearchSpace,
  count: number,
  known: Set<string>,
  draw: () => FamilyParameters,
): readonly FamilyParameters[] {
  const found: FamilyParameters[] = [];
  for (let tries = 0; tries < count * DRAWS_EACH && found.length < count; tries++) {
    const whole = space.complete(draw());
    if (whole === undefined || known.has(keyOf(whole))) continue;
    known.add(keyOf(whole));
    found.push(whole);
  }
  return found;
}

const anywhere = (space: SearchSpace, rng: Rng) => (): FamilyParameters =>
  Object.fromEntries(space.axes.map((axis) => [axis.name, drawOn(axis, rng)]));

/** Different configurations drawn evenly from the space; fewer when it has no more. */
export function drawRandom(space: SearchSpace, budget: number, rng: Rng): readonly FamilyParameters[] {
  const found = drawDifferent(space, budget, new Set(), anywhere(space, rng));
  if (found.length === 0)
    throw usage('no configuration of the space is allowed', 'Look at the rules between the parameters.');
  return found;
}

/** Share of the best whose neighbourhood is looked at next. */
const ELITE = 0.2;
/** Of each batch, this share is still drawn from everywhere, so that a narrow peak elsewhere can be found. */
const WANDER = 0.2;
/** Least spread of a draw around an elite, as a share of the span. */
const LEAST_SPREAD = 0.03;

export const adaptiveBatch = (budget: number): number => Math.max(8, Math.ceil(budget / 8));

/**
 * The next batch of an adaptive search (cross-entropy method, R. Rubinstein 1999, with draws around single elites): values near those of
 * the best fifth so far, spread as that fifth is spread. A batch has one size however many threads there are, so that its result
 * depends on the seed alone.
 */
export function drawNearBest(
  space: SearchSpace,
  count: number,
  tried: readonly { readonly params: FamilyParameters; readonly score: number | null }[],
  rng: Rng,
): readonly FamilyParameters[] {
  const ranked = tried
    .filter((trial): trial is { params: FamilyParameters; score: number } => trial.score !== null)
    .toSorted((a, b) => b.score - a.score);
  const elite = ranked.slice(0, Math.max(2, Math.ceil(ranked.length * ELITE)));
  const known = new Set(tried.map(({ params }) => keyOf(params)));
  const wander = anywhere(space, rng);
  const spreads = space.axes.map((axis) => ('values' in axis ? 0 : spreadOf(axis, elite)));
  const near = (): FamilyParameters => {
    const centre = elite[rng.integer(elite.length)];
    if (centre === undefined || rng.next() < WANDER) return wander();
    return Object.fromEntries(
      space.axes.map((axis, i) => {
        const at = centre.params[axis.name] ?? 0;
        if (!('values' in axis)) return [axis.name, onAxis(axis, at + rng.normal() * (spreads[i] ?? 0))];
        const step = Math.round(rng.normal());
        const index = axis.values.indexOf(at) + step;
        return [axis.name, axis.values[Math.min(axis.values.length - 1, Math.max(0, index))] as number];
      }),
    );
  };
  return drawDifferent(space, count, known, near);
}

function spreadOf(
  axis: Extract<Axis, { readonly least: number }>,
  elite: readonly { readonly params: FamilyParameters }[],
): number {
  const values = elite.map(({ params }) => params[axis.name] ?? 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  return Math.max(Math.sqrt(square), LEAST_SPREAD * (axis.most - axis.least));
}
