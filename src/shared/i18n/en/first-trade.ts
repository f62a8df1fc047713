/** Words that answer what one asks while a first trade runs: where it stands, how long it takes, what a figure means. */
export const firstTrade = {
  pace: 'Simulated time runs {{speed}} times as fast as your clock: a trade of an hour is over in {{minutes}} min.',
  candle: 'Candle {{candle}} of {{most}}',
  within: 'over within {{left}} by your clock',
  holds: 'Holds {{quantity}} {{base}}, bought at {{price}}',
  stop: 'stop {{price}}',
  target: 'target {{price}}',
  entering: 'Its order to buy waits for the next open',
  empty: 'Holds nothing now',
  watch: 'Watch it on the chart',
  oneR: '1 R is what the stop was expected to cost at entry, with fees',
} as const;
