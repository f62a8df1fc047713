/** Words of figures and of the states that every panel can be in. */
export const figures = {
  /** `own` is the amount as it is, `on` the day of the rate, `count` its age in days. */
  converted_one: '{{own}}, at {{rate}} KES for 1 USD, typed by hand for {{on}}, {{count}} day old',
  converted_other: '{{own}}, at {{rate}} KES for 1 USD, typed by hand for {{on}}, {{count}} days old',
  opened: 'opened',
  openedMeans: 'A candle is named by the time at which it opened; it is known only once it has closed',
  earlierFailed: 'Earlier candles could not be loaded: {{why}}',
  directions: { up: 'up', down: 'down', flat: 'unchanged' },
  pixels_one: '{{count}} pixel',
  pixels_other: '{{count}} pixels',
  chartsBy: 'Charts by',
  environments: {
    sim: '{{name}}: simulated market and simulated money',
    paper: '{{name}}: live prices of a venue, simulated fills and simulated money',
    shadow: "{{name}}: live prices of a venue, simulated fills beside the venue's book, nothing sent",
    other: '{{name}}: see the chip in the top bar',
  },
} as const;
