import { candleArgs } from './candle-args.ts';
import { FORM, feeArg, instrumentArg, momentArg, option, positional, seedArg } from './fields.ts';
import { countArg, LAB_FORM } from './lab-fields.ts';

/** Candles that a study plays. Functions, because each command needs arguments of its own. */
export const labMarketArgs = () => ({
  instrument: positional(
    instrumentArg().optional(),
    'INSTRUMENT',
    'whose rules hold; when left out, a file is played by the finest step of its prices',
    FORM.instrument,
  ),
  ...candleArgs('1m'),
  candles: option(
    countArg(100, 500_000).optional(),
    'N',
    'how many candles of the simulated market; 20000 when left out',
    LAB_FORM.count,
  ),
  marketSeed: option(seedArg().optional(), 'N', 'seed of the simulated market', FORM.seed),
});

/** Which of them, and what each fill costs. */
export const labSpanArgs = () => ({
  from: option(momentArg().optional(), 'MOMENT', 'play candles that open at or after it (UTC)', FORM.moment),
  to: option(momentArg().optional(), 'MOMENT', 'play candles that close at or before it (UTC)', FORM.moment),
  feeBps: option(feeArg().optional(), 'BPS', 'fee of each fill in basis points; 10 when left out', FORM.fee),
});
