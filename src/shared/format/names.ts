/** A code of the engine as it is, with spaces. */
export const readableName = (name: string): string => {
  const words = name.replace(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Names as a person reads them. Unknown names are shown as they are, with spaces: a new engine may know more than this screen. */
const named =
  (table: Readonly<Record<string, string>>) =>
  (name: string): string =>
    Object.hasOwn(table, name) ? (table[name] ?? name) : readableName(name);

export const regimeName = named({
  trending_up: 'Trending up',
  trending_down: 'Trending down',
  ranging: 'Ranging',
  volatile: 'Volatile',
  breakout: 'Breakout',
  illiquid: 'Illiquid',
});

export const familyName = named({
  'trend-following': 'Trend following',
  'mean-reversion': 'Mean reversion',
  dca: 'Dollar-cost averaging',
  'sma-cross': 'SMA cross',
});

export const stageName = named({
  preflight: 'Preflight',
  market: 'Market data',
  context: 'Facts',
  analyst: 'Regime',
  memory: 'Memory',
  spawner: 'Agent spec',
  brief: 'Brief',
  agent: 'Agent',
  debrief: 'Debrief',
});

export const purposeName = named({
  entry: 'Entry',
  exit: 'Exit',
  stop: 'Stop',
  target: 'Target',
  flatten: 'Flatten',
});

export const outcomeName = named({ traded: 'Traded', no_trade: 'No trade', interrupted: 'Interrupted' });
export const agentStateName = named({});
export const orderStatusName = named({});
export const modeName = named({
  full: 'Full autonomy',
  semi: 'Semi-auto',
  manual: 'Manual override',
  emergency: 'Emergency',
});
export const environmentName = (environment: string): string => environment.toUpperCase();

/** The short word on tiles and rows that carry money, and in `data-env`. */
export const environmentTag = (environment: string): string => (environment === 'simulated' ? 'sim' : environment);

/** `5f2c91ab…` for display; the whole hash is always copyable beside it. */
export const shortHash = (hash: string): string => (hash.length > 12 ? `${hash.slice(0, 8)}…${hash.slice(-4)}` : hash);

/** The engine gives reasons as clauses; on a screen they stand alone, so they begin as sentences do. */
export const sentence = (clause: string): string => clause.charAt(0).toUpperCase() + clause.slice(1);

/** `1 trade`, `2 trades`. */
export const countText = (count: number, one: string, many = `${one}s`): string =>
  `${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} ${count === 1 ? one : many}`;
