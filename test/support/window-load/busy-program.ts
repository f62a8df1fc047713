import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatInstruments, loadInstruments } from '#adapters/instruments/load-instruments.ts';
import type { InstrumentId } from '#core/domain/ids.ts';
import { asset } from '#core/domain/money.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const FILE = 'resources/instruments/simulated.json';

/**
 * Lays out the built program with so many instruments in its instruments file, as an installation that lists them: the product's own simulated
 * market makes their candles, and no line of the product is another one. Answers the folder.
 */
export function layOutProgram(folder: string, instruments: number): string {
  mkdirSync(folder, { recursive: true });
  for (const part of ['out', 'resources', 'package.json'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const listed = loadInstruments(join(ROOT, FILE));
  const [pattern] = listed;
  if (pattern === undefined) throw new Error(`${FILE} lists nothing`);
  const more = Array.from({ length: Math.max(0, instruments - listed.length) }, (_, index) => {
    const base = asset(`LOAD${index + 1}`);
    const symbol = `${base}/${pattern.quote}`;
    return { ...pattern, base, symbol, id: `${symbol}.${pattern.venue}` as InstrumentId };
  });
  writeFileSync(join(folder, FILE), formatInstruments([...listed, ...more]));
  return folder;
}

/** The screens of the rail by their paths, as the window's own table has them; the first one, which is open at the start, comes last. */
export function builtScreens(): readonly string[] {
  const table = readFileSync(join(ROOT, 'src/renderer/app/routes.ts'), 'utf8');
  const [first = '/', ...others] = Array.from(table.matchAll(/path: '([^']+)'/g), ([, path = '']) => path);
  return [...others, first];
}
