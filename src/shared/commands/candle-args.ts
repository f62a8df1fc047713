import { FORM, flag, intervalArg, option, pathArg } from './fields.ts';

/** Which candles a command looks at. A function, because each command needs arguments of its own. `simulated` is the usual interval there. */
export const candleArgs = (simulated: string) => ({
  data: option(
    pathArg().optional(),
    'FILE',
    'candles from a CSV or CSV.gz file instead of the simulated market',
    FORM.path,
  ),
  imported: flag('candles that were imported before'),
  interval: option(
    intervalArg().optional(),
    'INTERVAL',
    `candle length: ${simulated} on the simulated market, 1h on recorded candles`,
    FORM.interval,
  ),
});
