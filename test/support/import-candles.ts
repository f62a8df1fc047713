import { writeSync } from 'node:fs';
import type { InstrumentId } from '#core/domain/ids.ts';
import { wanderingColumns } from './candle-column-builders.ts';
import { openTestStorage } from './storage.ts';

// Imports so many candles of the seeded walk in one put. `begin` is printed right before it, `done` when it has returned.
const [folder = '', count = '0'] = process.argv.slice(2);
const { candles, close } = openTestStorage(folder);
const columns = wanderingColumns(Number(count));
writeSync(1, 'begin\n');
candles.putColumns('BTC/USDT.SIM' as InstrumentId, columns);
writeSync(1, 'done\n');
close();
