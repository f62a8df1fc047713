import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Fault } from '#core/kernel/fault.ts';
import type { CcxtExchange } from './exchange.ts';

export type ExchangeClass = new (config?: object) => CcxtExchange;

/** Where ccxt lies: beside the program's other packages, in the checkout and in the archive of a packaged one alike. */
function ccxtFolder(): string {
  const places = createRequire(import.meta.url).resolve.paths('ccxt') ?? [];
  const found = places.map((place) => join(place, 'ccxt')).find((folder) => existsSync(join(folder, 'package.json')));
  if (found !== undefined) return found;
  throw new Fault('not_found', 'The exchange library ccxt is not installed.', 'Install the program again.');
}

const proFolder = (): string => join(ccxtFolder(), 'js', 'src', 'pro');

let known: readonly string[] | undefined;

/** Ids of the exchanges that ccxt speaks to with a stream, in the alphabet's order. Loads none of them. */
export function knownExchangeIds(): readonly string[] {
  known ??= readdirSync(proFolder())
    .filter((name) => /^[a-z0-9]+\.js$/.test(name))
    .map((name) => name.slice(0, -'.js'.length))
    .sort();
  return known;
}

/**
 * Loads the code of one exchange and of no other. `import 'ccxt'` would load all of them, which takes three times as long and twice the
 * memory; the package lists no other entry, so the file is imported by its path. Throws Fault('not_found') that lists near names.
 */
export async function loadExchangeClass(id: string): Promise<ExchangeClass> {
  if (!knownExchangeIds().includes(id)) {
    const near = knownExchangeIds().filter((other) => other.startsWith(id.slice(0, 3)));
    throw new Fault(
      'not_found',
      `${id} is not an exchange that ccxt knows.`,
      near.length > 0 ? `Near names: ${near.join(', ')}.` : 'See mt venue ls for the ids.',
    );
  }
  const url = pathToFileURL(join(proFolder(), `${id}.js`)).href;
  const module: unknown = await import(/* @vite-ignore */ url);
  const exported = (module as { readonly default?: unknown }).default;
  if (typeof exported !== 'function') throw new TypeError(`${id}.js of ccxt exports no class`);
  return exported as ExchangeClass;
}
