import { afterFall, afterNothing, afterRise, type PatternTapes } from './draw.ts';

/** Near misses break one condition each. The typical range is 1. */
export const CANDLE_PATTERN_TAPES: readonly PatternTapes[] = [
  {
    name: 'bullish-engulfing',
    mirror: 'bearish-engulfing',
    complete: [
      ['swallows a usual body', afterFall([0, 0.1, -0.7, -0.5], [-0.5, 0.5, -0.6, 0.4])],
      ['begins a little inside, as markets without gaps do', afterFall([0, 0.1, -0.4, -0.3], [-0.26, 0.9, -0.4, 0.8])],
    ],
    missed: [
      ['a small second body', afterFall([0, 0.1, -0.35, -0.25], [-0.25, 0.3, -0.3, 0.2])],
      ['it opens well inside', afterFall([0, 0.1, -0.9, -0.8], [-0.5, 0.6, -0.6, 0.5])],
      ['no decline before', afterNothing([0, 0.1, -0.7, -0.5], [-0.5, 0.5, -0.6, 0.4])],
      ['the first body stands out above', afterFall([0.5, 0.6, -0.7, -0.5], [-0.5, 0.5, -0.6, 0.4])],
      ['the first candle rises', afterFall([-0.3, 0.1, -0.4, -0.1], [-0.5, 0.5, -0.6, 0.4])],
    ],
  },
  {
    name: 'hammer',
    mirror: 'shooting-star',
    complete: [
      ['closes at its high', afterFall([0, 0.25, -1, 0.2])],
      ['a falling body will do', afterFall([0, 0.1, -1.5, -0.2])],
    ],
    missed: [
      ['no decline before', afterNothing([0, 0.25, -1, 0.2])],
      ['too long a shadow above', afterFall([0, 0.6, -1, 0.2])],
      ['a small candle', afterFall([0, 0.1, -0.5, 0.06])],
    ],
  },
  {
    name: 'inverted-hammer',
    mirror: 'hanging-man',
    complete: [
      ['closes above its open', afterFall([0, 1.2, -0.1, 0.2])],
      ['closes below its open', afterFall([0, 1.2, -0.3, -0.2])],
    ],
    missed: [
      ['after a rise', afterRise([0, 1.2, -0.1, 0.2])],
      ['a shadow below as well', afterFall([0, 1.2, -0.6, 0.2])],
    ],
  },
  {
    name: 'doji',
    complete: [
      ['closes where it opened', afterNothing([0, 0.4, -0.4, 0])],
      ['a body of a thirtieth', afterNothing([0, 0.5, -0.5, 0.03])],
    ],
    missed: [
      ['a body of a tenth', afterNothing([0, 0.5, -0.5, 0.1])],
      ['all of its shadow below', afterNothing([0, 0.05, -0.8, 0])],
      ['a tiny candle', afterNothing([0, 0.2, -0.2, 0])],
    ],
  },
  {
    name: 'long-legged-doji',
    complete: [
      ['goes one range to both sides', afterNothing([0, 1, -1, 0])],
      ['leans a little', afterNothing([0, 1.2, -0.8, 0.15])],
    ],
    missed: [
      ['a body of a seventh', afterNothing([0, 1, -1, 0.3])],
      ['of usual range', afterNothing([0, 0.6, -0.6, 0])],
      ['short on one side', afterNothing([0, 1.6, -0.4, 0])],
    ],
  },
  {
    name: 'dragonfly-doji',
    mirror: 'gravestone-doji',
    complete: [
      ['opens and closes at the high', afterFall([0, 0.02, -1, 0.01])],
      ['a little shadow above', afterFall([0, 0.1, -1.2, -0.02])],
    ],
    missed: [
      ['with a body it is a hammer', afterFall([0, 0.25, -1, 0.2])],
      ['no decline before', afterNothing([0, 0.02, -1, 0.01])],
    ],
  },
  {
    name: 'morning-star',
    mirror: 'evening-star',
    complete: [
      ['a star at the foot', afterFall([0, 0.1, -1.1, -1], [-1, -0.8, -1.4, -1.1], [-1.1, 0, -1.2, -0.1])],
      ['a star that rises', afterFall([0, 0.1, -1, -0.9], [-1, -0.8, -1.2, -0.9], [-0.9, 0.2, -1, 0.1])],
    ],
    missed: [
      ['the first body is short', afterFall([0, 0.1, -0.6, -0.5], [-0.5, -0.4, -0.8, -0.55], [-0.55, 0.2, -0.6, 0.1])],
      ['the star stands inside', afterFall([0, 0.1, -1.1, -1], [-0.6, -0.5, -0.8, -0.65], [-0.65, 0.2, -0.7, 0.1])],
      ['a small last body', afterFall([0, 0.1, -1.1, -1], [-1, -0.6, -1.4, -1.1], [-0.6, -0.2, -0.7, -0.3])],
      ['wins back less than half', afterFall([0, 0.1, -1.4, -1.3], [-1.3, -1.2, -1.5, -1.4], [-1.4, -0.7, -1.5, -0.8])],
      ['the middle body is no small one', afterFall([0, 0.1, -1.1, -1], [-1, -0.8, -1.9, -1.8], [-1.8, 0, -1.9, -0.1])],
      ['no decline before', afterRise([0, 0.1, -1.1, -1], [-1, -0.8, -1.4, -1.1], [-1.1, 0, -1.2, -0.1])],
    ],
  },
  {
    name: 'bullish-harami',
    mirror: 'bearish-harami',
    complete: [
      ['a small body in the middle', afterFall([0, 0.1, -1.6, -1.5], [-1, -0.6, -1.2, -0.7])],
      ['at the foot', afterFall([0, 0.1, -1.3, -1.2], [-1.2, -0.7, -1.25, -0.9])],
    ],
    missed: [
      ['no decline before', afterNothing([0, 0.1, -1.6, -1.5], [-1, -0.6, -1.2, -0.7])],
      ['no body', afterFall([0, 0.1, -1.6, -1.5], [-1, -0.6, -1.2, -0.98])],
      ['it opens below the body', afterFall([0, 0.1, -2, -1.5], [-1.6, -0.9, -1.7, -1])],
      ['it closes above the body', afterFall([0, 0.3, -1.6, -1.5], [-0.6, 0.25, -0.7, 0.1])],
      ['a shadow above', afterFall([0, 0.1, -1.6, -1.5], [-1, 0.5, -1.2, -0.7])],
      ['the second body is larger than half', afterFall([0, 0.1, -1.6, -1.5], [-1.4, -0.1, -1.5, -0.2])],
      ['a shadow leaves the first range', afterFall([0, 0.1, -1.6, -1.5], [-1, -0.6, -1.8, -0.7])],
      ['the first body is short', afterFall([0, 0.1, -0.9, -0.8], [-0.6, -0.4, -0.7, -0.45])],
    ],
  },
  {
    name: 'piercing-line',
    mirror: 'dark-cloud-cover',
    complete: [
      ['closes above the middle', afterFall([0, 0.1, -1.1, -1], [-1, -0.2, -1.2, -0.3])],
      ['opens below', afterFall([0, 0.1, -1.1, -1], [-1.3, -0.3, -1.4, -0.4])],
    ],
    missed: [
      ['no decline before', afterNothing([0, 0.1, -1.1, -1], [-1, -0.2, -1.2, -0.3])],
      ['the first body is short', afterFall([0, 0.1, -0.7, -0.6], [-0.6, -0.1, -0.7, -0.2])],
      ['closes below the middle', afterFall([0, 0.1, -1.1, -1], [-1, -0.5, -1.2, -0.6])],
      ['closes above the top: it engulfs', afterFall([0, 0.1, -1.1, -1], [-1, 0.3, -1.2, 0.2])],
      ['opens inside', afterFall([0, 0.1, -1.1, -1], [-0.8, -0.2, -1.2, -0.3])],
    ],
  },
  {
    name: 'three-white-soldiers',
    mirror: 'three-black-crows',
    complete: [
      ['after a decline', afterFall([0, 0.7, -0.1, 0.6], [0.6, 1.3, 0.5, 1.2], [1.2, 1.9, 1.1, 1.8])],
      ['out of a base', afterNothing([0, 0.9, -0.1, 0.8], [0.5, 1.5, 0.4, 1.3], [1.1, 2, 1, 1.9])],
    ],
    missed: [
      ['bodies too small', afterFall([0, 0.35, -0.1, 0.3], [0.3, 0.65, 0.2, 0.6], [0.6, 0.95, 0.5, 0.9])],
      ['late in a rise', afterRise([0, 0.7, -0.1, 0.6], [0.6, 1.3, 0.5, 1.2], [1.2, 1.9, 1.1, 1.8])],
      ['the last one is thrown back', afterFall([0, 0.7, -0.1, 0.6], [0.6, 1.3, 0.5, 1.2], [1.2, 2.6, 1.1, 1.8])],
      ['the second one falls', afterFall([0, 0.7, -0.1, 0.6], [1.2, 1.3, 0.5, 0.6], [1.2, 1.9, 1.1, 1.8])],
    ],
  },
  {
    name: 'bullish-marubozu',
    mirror: 'bearish-marubozu',
    complete: [
      ['all body', afterNothing([0, 1.5, 0, 1.5])],
      ['hardly a shadow', afterRise([0, 1.35, -0.04, 1.3])],
    ],
    missed: [
      ['a shadow of a tenth', afterNothing([0, 1.65, 0, 1.5])],
      ['a short body', afterNothing([0, 1, 0, 1])],
    ],
  },
  {
    name: 'tweezer-bottom',
    mirror: 'tweezer-top',
    complete: [
      ['the same low twice', afterFall([0, 0.1, -0.8, -0.5], [-0.5, 0.1, -0.8, 0])],
      ['almost the same low', afterFall([0, 0.1, -0.8, -0.5], [-0.5, 0.1, -0.83, 0])],
    ],
    missed: [
      ['no decline before', afterNothing([0, 0.1, -0.8, -0.5], [-0.5, 0.1, -0.8, 0])],
      ['a small first body', afterFall([0, 0.1, -0.8, -0.1], [-0.1, 0.5, -0.8, 0.4])],
      ['a small second body', afterFall([0, 0.1, -0.8, -0.5], [-0.5, 0.1, -0.8, -0.4])],
      ['lows a tenth apart', afterFall([0, 0.1, -0.8, -0.5], [-0.5, 0.1, -0.9, 0])],
      ['a lower low just before', afterFall([0, 0.1, -1.5, 0], [0, 0.1, -0.8, -0.5], [-0.5, 0.1, -0.8, 0])],
    ],
  },
  {
    name: 'inside-bar',
    complete: [
      ['in the middle', afterNothing([0, 1, -1, 0.5], [0.3, 0.5, -0.3, 0])],
      ['at an edge', afterNothing([0, 1, -1, 0.9], [0.9, 1, 0.2, 0.4])],
    ],
    missed: [
      ['reaches out below', afterNothing([0, 1, -1, -0.9], [-0.9, -0.4, -1.1, -0.5])],
      ['reaches out', afterNothing([0, 1, -1, 0.9], [0.9, 1.1, 0.4, 0.5])],
      ['inside a usual candle', afterNothing([0, 0.5, -0.5, 0.2], [0.1, 0.2, -0.2, 0])],
      ['fills most of it', afterNothing([0, 1, -1, 0.5], [0.3, 0.8, -0.8, 0])],
    ],
  },
  {
    name: 'outside-bar',
    complete: [
      ['closes at the top', afterNothing([0, 0.5, -0.5, 0], [0, 1, -0.8, 0.9])],
      ['closes in the middle', afterNothing([0, 0.3, -0.3, 0], [0, 0.9, -0.9, 0.1])],
    ],
    missed: [
      ['after a tiny candle', afterNothing([0, 0.1, -0.1, 0], [0, 1, -0.8, 0.9])],
      ['passes the lower end only', afterNothing([0, 0.5, -0.5, 0], [0, 0.5, -1.5, -0.9])],
      ['passes one end only', afterNothing([0, 0.5, -0.5, 0], [0, 1.5, -0.5, 0.9])],
      ['no wide candle', afterNothing([0, 0.3, -0.3, 0], [0, 0.6, -0.6, 0.1])],
    ],
  },
];
