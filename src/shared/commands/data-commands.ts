import { z } from 'zod';
import { appContract } from '../contract/app-contract.ts';
import { command } from './command.ts';
import { FORM, flag, instrumentArg, intervalArg, momentArg, option, pathArg, positional } from './fields.ts';

const seriesArgs = () => ({
  instrument: positional(instrumentArg(), 'INSTRUMENT', 'what the candles are of', FORM.instrument),
  interval: option(intervalArg().default('1h'), 'INTERVAL', 'candle length; 1h when left out', FORM.interval),
});

const list = command({
  id: 'data.ls',
  words: ['data', 'ls'],
  summary: 'List the imported candles with their gaps and revisions',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt data ls'],
  output: z.strictObject({ series: appContract['data.list'].output }),
});

const check = command({
  id: 'data.check',
  words: ['data', 'check'],
  summary: 'Look through imported candles for gaps, silence and jumps',
  risk: 'read',
  args: z.strictObject(seriesArgs()),
  examples: ['mt data check BTC/USDT --interval 1h'],
  output: appContract['data.check'].output,
});

const exportCommand = command({
  id: 'data.export',
  words: ['data', 'export'],
  summary: 'Write imported candles to a CSV file',
  detail: 'Compressed when the name ends in .gz. The file appears whole or not at all.',
  risk: 'read',
  args: z.strictObject({
    ...seriesArgs(),
    out: option(pathArg(), 'FILE', 'file to write', FORM.path),
    from: option(momentArg().optional(), 'MOMENT', 'candles that open at or after it (UTC)', FORM.moment),
    to: option(momentArg().optional(), 'MOMENT', 'candles that open before it (UTC)', FORM.moment),
    overwrite: flag('replace a file of this name'),
  }),
  examples: ['mt data export BTC/USDT --interval 1h --out btc-1h.csv.gz'],
  output: appContract['data.export'].output,
});

/** The commands for imported candles, in the order of the help. */
export const dataCommands = [list, check, exportCommand] as const;
