import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The one place that knows where real market data and small models for tests lie. None of it is part of the repository; a suite that
 * needs it prints "not run" when it is absent.
 */
const ROOT = resolve(import.meta.dirname, '../../../shared');

export const sharedPresent = existsSync(resolve(ROOT, 'data/candles'));

/** Path of real candles such as `binance-BTCUSDT-1h.csv.gz`. */
export const candleFile = (name: string): string => resolve(ROOT, 'data/candles', name);

/** Path of recorded order books such as `tardis-binancefutures-BTCUSDT-book25-2020-09-01.csv.gz`. */
export const orderBookFile = (name: string): string => resolve(ROOT, 'data/orderbook', name);

/** Path of recorded venue traffic such as `BINANCE.ws.1.0.txt.gz`. */
export const recordingFile = (name: string): string => resolve(ROOT, 'data/recordings', name);

/** Path of labelled news such as `bitcoin-news-2021-2024.csv.gz`. */
export const newsFile = (name: string): string => resolve(ROOT, 'data/news', name);

/** Path of a small GGUF model. */
export const modelFile = (name: string): string => resolve(ROOT, 'models', name);

/**
 * Path of an instruction model of a billion weights, for measurements: `MT_INSTRUCT_MODEL`, else where `../shared/tools/fetch-tinyllama` puts it.
 * Undefined when there is none.
 */
export function instructModelFile(): string | undefined {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const path = process.env['MT_INSTRUCT_MODEL'] ?? join(cache, 'models', 'tinyllama-1.1b-chat-iq2_xxs.gguf');
  return existsSync(path) ? path : undefined;
}

/** Path of the script that plays the crossover of two simple averages exactly, and names of all real candle files. */
export const referenceCross: string = resolve(ROOT, 'tools/reference-cross.mjs');
export const candleFileNames = (): readonly string[] =>
  readdirSync(resolve(ROOT, 'data/candles')).filter((name) => /\.csv(\.gz)?$/.test(name));

/** Says once why a suite does not run, and answers whether it must be left out. */
export function notRunWithoutShared(suite: string): boolean {
  if (sharedPresent) return false;
  console.log(`not run: ${suite} (../shared absent)`);
  return true;
}
