/**
 * The simulated market's price process: one step is one minute.
 *
 * - **Regimes.** The market is always in one of four: trending up, trending down, ranging, volatile. Each lasts a drawn number of
 *   minutes and is followed by another one. Trends have a drift of a tenth to a quarter of the minute's volatility; ranges pull the
 *   price back to their centre (Ornstein-Uhlenbeck); volatile stretches have three times the volatility and most of the jumps.
 * - **Clustering.** Volatility is the regime's level times the exponential of an AR(1) process, so that busy minutes follow busy ones.
 * - **Jumps.** Now and then a move of five to ten times the usual size, more often down than up; it excites what follows.
 * - **Inside the minute** eight small steps give open, high, low and close of one path; the next minute opens next to the last close.
 * - **Volume** grows with excitement and with the size of the move.
 * - Far above its starting price the market is likelier to trend down, and the other way round, so that years stay in bounds.
 *
 * The shape is meant to be plausible enough to show what the system does. It is no claim about any real market: no order flow, no
 * correlation between instruments, no hours of the day, and trends that are cleaner than real ones. A result on it proves nothing.
 */
import type { Rng } from '#core/kernel/rng.ts';
import type { MarketProfile } from './market-profile.ts';

export type GeneratedRegime = 'trending_up' | 'trending_down' | 'ranging' | 'volatile';

/** Everything that one minute hands to the next. Plain data: a copy of it is a place to start again from. */
export type ProcessState = {
  readonly logPrice: number;
  readonly regime: GeneratedRegime;
  readonly minutesLeft: number;
  /** Drift of a trend as a share of the minute's volatility. */
  readonly strength: number;
  /** Where a range pulls to. */
  readonly centre: number;
  /** Smoothed volatility of the regime: standard deviation of a minute's log return. */
  readonly level: number;
  readonly excitement: number;
};

/** One minute as floats; the caller puts it on the instrument's grid. */
export type Minute = {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};

/** One stream of chance for each use, so that a change of one does not shift the others. */
export type Streams = { readonly regime: Rng; readonly price: Rng; readonly jump: Rng; readonly volume: Rng };

type RegimeShape = {
  /** Standard deviation of a minute's log return at liveliness 1: 0.0008 is 8 basis points. */
  readonly volatility: number;
  readonly minutes: readonly [least: number, most: number];
  readonly jumpsPerMinute: number;
  /** How likely it comes next, among those that differ from the present one. */
  readonly weight: number;
};

const SHAPES: Readonly<Record<GeneratedRegime, RegimeShape>> = {
  trending_up: { volatility: 0.0008, minutes: [120, 480], jumpsPerMinute: 1 / 2000, weight: 3 },
  trending_down: { volatility: 0.0009, minutes: [120, 420], jumpsPerMinute: 1 / 1500, weight: 3 },
  ranging: { volatility: 0.0008, minutes: [180, 600], jumpsPerMinute: 1 / 3000, weight: 4 },
  volatile: { volatility: 0.0024, minutes: [45, 180], jumpsPerMinute: 1 / 200, weight: 1.5 },
};
const REGIMES = Object.keys(SHAPES) as readonly GeneratedRegime[];

const SUB_STEPS = 8;
const SUB_SCALE = Math.sqrt(1 / SUB_STEPS);
/** Share of the way back to the centre that a range goes in a minute: half of it in about 35 minutes. */
const RANGE_PULL = 0.02;
const TREND_STRENGTH = [0.1, 0.25] as const;
const LEVEL_SMOOTHING = 0.15;
const EXCITEMENT_MEMORY = 0.96;
const EXCITEMENT_NOISE = 0.13;
/** Half the variance of the AR(1) process, so that excitement leaves the average volatility alone. */
const EXCITEMENT_BIAS = EXCITEMENT_NOISE ** 2 / (1 - EXCITEMENT_MEMORY ** 2) / 2;
const JUMP_SIZE = [5, 10] as const;
const JUMP_EXCITEMENT = 0.6;
const JUMP_DOWN = 0.57;
const OPEN_GAP = 0.05;
const HOMESICKNESS = 3;

const between = ([least, most]: readonly [number, number], share: number): number => least + (most - least) * share;

export function startState(profile: MarketProfile, rng: Rng): ProcessState {
  const logPrice = Math.log(profile.startPrice);
  const calm = SHAPES.ranging.volatility * profile.liveliness;
  const blank: ProcessState = {
    logPrice,
    regime: 'volatile',
    minutesLeft: 0,
    strength: 0,
    centre: logPrice,
    level: calm,
    excitement: 0,
  };
  return enterRegime(blank, profile, rng);
}

function enterRegime(state: ProcessState, profile: MarketProfile, rng: Rng): ProcessState {
  const above = state.logPrice - Math.log(profile.startPrice);
  const upShare = 1 / (1 + Math.exp(HOMESICKNESS * above));
  const weightOf = (regime: GeneratedRegime): number => {
    if (regime === state.regime) return 0;
    const { weight } = SHAPES[regime];
    if (regime === 'trending_up') return weight * 2 * upShare;
    return regime === 'trending_down' ? weight * 2 * (1 - upShare) : weight;
  };
  let left = rng.next() * REGIMES.reduce((total, regime) => total + weightOf(regime), 0);
  const regime = REGIMES.find((candidate) => (left -= weightOf(candidate)) < 0) ?? 'ranging';
  return {
    ...state,
    regime,
    minutesLeft: Math.round(between(SHAPES[regime].minutes, rng.next())),
    strength: between(TREND_STRENGTH, rng.next()),
    centre: state.logPrice,
  };
}

/** One minute of the market and the state after it. */
export function stepMinute(before: ProcessState, profile: MarketProfile, streams: Streams): [Minute, ProcessState] {
  const state = before.minutesLeft > 0 ? before : enterRegime(before, profile, streams.regime);
  const shape = SHAPES[state.regime];
  const level = state.level + LEVEL_SMOOTHING * (shape.volatility * profile.liveliness - state.level);
  const calm = EXCITEMENT_MEMORY * state.excitement + EXCITEMENT_NOISE * streams.price.normal();
  const jump = drawJump(shape, streams.jump);
  const excitement = Math.min(1.8, Math.max(-1.5, calm + (jump.size === 0 ? 0 : JUMP_EXCITEMENT)));
  const volatility = level * Math.exp(excitement - EXCITEMENT_BIAS);
  const drift = driftOf(state, volatility) / SUB_STEPS;

  let at = state.logPrice + OPEN_GAP * volatility * streams.price.normal();
  const open = at;
  let high = at;
  let low = at;
  for (let i = 0; i < SUB_STEPS; i++) {
    at += drift + volatility * SUB_SCALE * streams.price.normal();
    if (i === jump.step) at += jump.size * level;
    high = Math.max(high, at);
    low = Math.min(low, at);
  }
  const bustle = Math.min(2, Math.abs(at - open) / volatility / 2);
  const activity =
    (level / (SHAPES.ranging.volatility * profile.liveliness)) * Math.exp(0.8 * excitement + 0.6 * bustle);
  const volume = profile.minuteVolume * activity * Math.exp(0.35 * streams.volume.normal());
  const minute = { open: Math.exp(open), high: Math.exp(high), low: Math.exp(low), close: Math.exp(at), volume };
  return [minute, { ...state, logPrice: at, minutesLeft: state.minutesLeft - 1, level, excitement }];
}

function driftOf(state: ProcessState, volatility: number): number {
  switch (state.regime) {
    case 'trending_up':
      return state.strength * volatility;
    case 'trending_down':
      return -state.strength * volatility;
    case 'ranging':
      return RANGE_PULL * (state.centre - state.logPrice);
    case 'volatile':
      return 0;
  }
}

/** Size in multiples of the regime's volatility, zero for none, and the step inside the minute at which it happens. */
function drawJump(shape: RegimeShape, rng: Rng): { readonly size: number; readonly step: number } {
  if (rng.next() >= shape.jumpsPerMinute) return { size: 0, step: -1 };
  const direction = rng.next() < JUMP_DOWN ? -1 : 1;
  return { size: direction * between(JUMP_SIZE, rng.next()), step: rng.integer(SUB_STEPS) };
}
