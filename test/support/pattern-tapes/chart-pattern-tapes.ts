import { legs, type PatternTapes } from './draw.ts';

/** Corners of each chart in price; candles of the legs are at least 120 together, the last leg breaks out on its last candle. */
export const CHART_PATTERN_TAPES: readonly PatternTapes[] = [
  {
    name: 'double-bottom',
    mirror: 'double-top',
    complete: [
      ['two lows alike', legs([70, 14], [25, 0], [12, 6], [12, 0.2], [8, 6.7])],
      ['the second a little lower', legs([60, 16], [30, 1], [16, 7], [14, 0.4], [10, 7.8])],
    ],
    missed: [
      ['shallow', legs([80, 14], [25, 0], [8, 1.8], [8, 0.2], [8, 1.9], [1, 3])],
      ['the lows side by side', legs([85, 14], [25, 0], [3, 5], [3, 0.1], [7, 4.8], [1, 6.5])],
      ['long ago', legs([45, 14], [15, 0], [10, 6], [10, 0.2], [44, 5.8], [1, 6.9])],
      ['the second low far higher', legs([70, 14], [25, 0], [12, 6], [12, 2.5], [8, 6.7])],
      ['no close above the high between', legs([70, 14], [25, 0], [12, 6], [12, 0.2], [8, 6])],
      ['nothing fell before', legs([70, 6.2], [25, 0], [12, 6], [12, 0.2], [8, 6.7])],
      ['it closed above before', legs([70, 14], [25, 0], [12, 6], [12, 0.2], [8, 6.7], [1, 7.5])],
    ],
  },
  {
    name: 'inverse-head-and-shoulders',
    mirror: 'head-and-shoulders',
    complete: [
      ['a level neck', legs([50, 12], [20, 3], [10, 7], [12, 0], [12, 7], [8, 3.2], [9, 7.9])],
      ['a sloping neck', legs([50, 12], [20, 3], [10, 6.5], [12, 0], [12, 7.5], [8, 4], [8, 8.9])],
    ],
    missed: [
      ['a neck that falls steeply', legs([54, 12], [20, 2], [10, 10], [12, 0], [12, 5], [8, 2.2], [4, 2.4], [1, 3.8])],
      ['long ago', legs([30, 12], [15, 3], [10, 7], [12, 0], [12, 7], [8, 3.2], [34, 6.9], [1, 8])],
      ['the head no deeper', legs([50, 12], [20, 3], [10, 7], [12, 3], [12, 7], [8, 3.2], [9, 7.9])],
      ['shoulders that differ', legs([50, 12], [20, 1.5], [10, 7], [12, 0], [12, 7], [8, 5], [8, 6.9], [1, 7.9])],
      ['under the neck still', legs([50, 12], [20, 3], [10, 7], [12, 0], [12, 7], [8, 3.2], [9, 6.9])],
    ],
  },
  {
    name: 'ascending-triangle',
    mirror: 'descending-triangle',
    complete: [
      ['two tops alike', legs([75, 8], [10, 2], [10, 8.1], [9, 5], [15, 8.3], [1, 9.3])],
      ['a slower one', legs([60, 9], [15, 3], [14, 9.2], [13, 6], [17, 9.3], [1, 10.1])],
    ],
    missed: [
      ['a low one', legs([75, 8], [10, 7], [10, 8.1], [9, 7.9], [15, 8.2], [1, 9.2])],
      ['tops apart', legs([75, 8], [10, 2], [10, 9.6], [9, 5], [15, 9.4], [1, 10.6])],
      ['lows alike', legs([75, 8], [10, 4.5], [10, 8.1], [9, 4.4], [15, 8.3], [1, 9.3])],
      ['no close above', legs([75, 8], [10, 2], [10, 8.1], [9, 5], [16, 8.2])],
    ],
  },
  {
    name: 'symmetric-triangle-up',
    mirror: 'symmetric-triangle-down',
    complete: [
      ['both sides draw together', legs([75, 10], [12, 2], [11, 8.5], [10, 4], [15, 6.8], [1, 8.2])],
      ['steeper above', legs([75, 10], [12, 3], [11, 7.8], [10, 4.2], [13, 5.5], [1, 7.2])],
    ],
    missed: [
      ['the lines have met', legs([75, 10], [12, 2], [11, 7], [10, 5], [4, 5.2], [7, 2.5], [1, 5.2])],
      ['highs alike', legs([75, 10], [12, 2], [11, 10], [10, 4], [15, 9.8], [1, 11])],
      ['lows alike', legs([75, 10], [12, 4], [11, 8.5], [10, 4], [15, 6.8], [1, 8.2])],
      ['under the line', legs([75, 10], [12, 2], [11, 8.5], [10, 4], [15, 6.5], [1, 6.9])],
    ],
  },
  {
    name: 'bull-flag',
    mirror: 'bear-flag',
    complete: [
      ['a pause that drifts down', legs([105, 1], [8, 11], [10, 9], [1, 11.4])],
      ['a longer one', legs([105, 1], [6, 9], [14, 7.5], [1, 9.5])],
    ],
    missed: [
      ['a slow rise before', legs([105, 1], [30, 8], [10, 7.6], [1, 8.5])],
      ['it gave back more than half', legs([105, 1], [8, 11], [10, 5], [1, 11])],
      ['no close above the pause', legs([105, 1], [8, 11], [10, 9], [1, 9.6])],
      ['a pause that rises', legs([105, 1], [8, 11], [2, 9], [8, 10], [1, 11.2])],
    ],
  },
  {
    name: 'falling-wedge',
    mirror: 'rising-wedge',
    complete: [
      ['lines that draw together', legs([75, 12], [12, 4], [10, 8.5], [10, 3], [13, 4.6], [1, 7])],
      ['a wide one', legs([75, 14], [12, 4], [10, 9.5], [10, 2.5], [13, 4.4], [1, 7])],
    ],
    missed: [
      ['parallel lines', legs([75, 12], [12, 4], [10, 9], [10, 1], [13, 5.6], [1, 7.4])],
      ['lows that rise', legs([75, 12], [12, 4], [10, 8.5], [10, 5.5], [13, 4.7], [1, 7])],
      ['under the line', legs([75, 12], [12, 4], [10, 8.5], [10, 3], [14, 5.5])],
    ],
  },
  {
    name: 'channel-breakout-up',
    mirror: 'channel-breakout-down',
    complete: [
      ['parallel lines', legs([75, 12], [12, 4], [10, 9], [10, 1], [13, 5.6], [1, 7.4])],
      ['flatter ones', legs([75, 12], [12, 5], [10, 10.5], [10, 3.5], [14, 9.6])],
    ],
    missed: [
      ['highs alike', legs([75, 12], [12, 4], [10, 11.6], [10, 2.8], [13, 10.5], [1, 12.8])],
      ['lines that draw together', legs([75, 12], [12, 4], [10, 8.5], [10, 3], [13, 4.6], [1, 7])],
      ['lines that rise', legs([60, 8], [12, 2], [10, 10], [10, 4], [14, 12], [14, 14])],
    ],
  },
  {
    name: 'range-breakout-up',
    mirror: 'range-breakout-down',
    complete: [
      ['out of a flat band', legs([90, 10], ...band(8, 4, 0.5, 10), [1, 12])],
      ['out of a wavy band', legs([90, 10], ...band(6, 5, 1, 10), [1, 13])],
    ],
    missed: [
      ['inside still', legs([90, 10], ...band(8, 4, 0.5, 10), [1, 10.6])],
      ['a wide band', legs([90, 10], ...band(4, 8, 4, 10), [1, 16])],
      ['the second close outside', legs([90, 10], ...band(8, 4, 0.5, 10), [1, 12], [1, 12.2])],
    ],
  },
  {
    name: 'cup-with-handle',
    mirror: 'inverted-cup',
    complete: [
      [
        'a bowl and a short pause',
        legs([50, 10], [8, 5], [10, 3.2], [10, 3], [10, 4], [12, 10.1], [8, 8.5], [11, 10.2], [1, 11.3]),
      ],
      ['a wider bowl', legs([46, 10], [10, 4.5], [14, 3], [14, 3.2], [12, 9.8], [10, 8], [13, 10], [1, 11.2])],
    ],
    missed: [
      ['a V', legs([70, 10], [12, 8.5], [4, 2], [4, 8.5], [12, 10.1], [8, 8.5], [11, 10.2], [1, 11.3])],
      ['rims apart', legs([50, 10], [8, 5], [10, 3.2], [10, 3], [10, 4], [12, 7], [8, 5.5], [12, 8.5])],
      ['no close above the rims', legs([50, 10], [8, 5], [10, 3.2], [10, 3], [10, 4], [12, 10.1], [8, 8.5], [12, 9.9])],
    ],
  },
  {
    name: 'support-touch',
    mirror: 'resistance-touch',
    complete: [
      [
        'a third low at one height',
        legs([50, 12], [20, 4], [12, 10], [12, 4.1], [14, 10], [11, 5], [1, 4.1], [1, 4.7]),
      ],
      ['higher between', legs([40, 14], [20, 4], [15, 12], [15, 3.9], [15, 11], [13, 5], [1, 4], [1, 4.8])],
    ],
    missed: [
      [
        'it was broken between',
        legs([43, 12], [16, 4], [8, 8], [8, 1.5], [8, 8], [10, 4.1], [14, 10], [11, 5], [1, 4.1], [1, 4.7]),
      ],
      ['above it still', legs([50, 12], [20, 4], [12, 10], [12, 4.1], [14, 10], [12, 6], [1, 6.6])],
      ['through it', legs([50, 12], [20, 4], [12, 10], [12, 4.1], [14, 10], [12, 2.5], [1, 4.4])],
      ['it closed lower than it opened', legs([50, 12], [20, 4], [12, 10], [12, 4.1], [14, 10], [12, 4.5], [1, 4.1])],
    ],
  },
  {
    name: 'bullish-divergence',
    mirror: 'bearish-divergence',
    complete: [
      ['a lower low, reached slowly', legs([80, 20], [14, 6], [8, 10], [10, 8], [4, 9], [6, 5.2], [4, 7])],
      ['after a steep first fall', legs([80, 20], [10, 4], [10, 9], [6, 7], [6, 8.4], [8, 3.4], [4, 5])],
    ],
    missed: [
      ['momentum follows', legs([80, 20], [14, 13], [8, 15], [16, 2], [4, 4])],
      ['a higher low', legs([80, 20], [14, 6], [8, 10], [10, 8], [4, 9], [6, 6.8], [4, 8])],
      ['the low is not known yet', legs([80, 20], [14, 6], [8, 10], [10, 8], [4, 9], [6, 5.2], [3, 6.5])],
    ],
  },
];

/** So many legs of `candles` each between both edges of a band of the given half height. */
function band(count: number, candles: number, half: number, middle: number): readonly (readonly [number, number])[] {
  return Array.from({ length: count }, (_, i) => [candles, middle + (i % 2 === 0 ? -half : half)] as const);
}
