import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const BENCH = join(import.meta.dirname, '..');
const SOURCES = join(BENCH, 'node_modules/talib/src/lib');
/** The functions that are measured, and what those call. TA_MA reaches every kind of average. */
const FUNCTIONS = [
  'SMA EMA RSI ATR NATR TRANGE MACD BBANDS STDDEV VAR MA ADX MAX MIN DEMA TEMA TRIMA WMA KAMA MAMA T3',
  'PLUS_DI MINUS_DI',
]
  .join(' ')
  .split(' ');

/**
 * Compiles TA-Lib's C sources, unchanged, with our small driver: `-O2`, as the library's own makefile does. Kept in .build under a name
 * made of everything that went in. Answers the binary, or why there is none.
 */
export function buildTalib() {
  const gcc = spawnSync('gcc', ['--version'], { encoding: 'utf8' });
  if (gcc.status !== 0) return { why: 'not run: TA-Lib C (no gcc)' };
  if (!existsSync(join(SOURCES, 'src/ta_func/ta_SMA.c')))
    return { why: 'not run: TA-Lib C (its sources are not there)' };
  const driver = join(BENCH, 'talib/measure.c');
  const compiler = gcc.stdout.split('\n')[0];
  const manifest = readFileSync(join(BENCH, 'node_modules/talib/package.json'));
  const key = createHash('sha256')
    .update(compiler)
    .update(manifest)
    .update(readFileSync(driver))
    .update(FUNCTIONS.join())
    .digest('hex');
  const binary = join(BENCH, '.build', `talib-${key.slice(0, 16)}`);
  const facts = { binary, compiler };
  if (existsSync(binary)) return facts;
  mkdirSync(join(BENCH, '.build'), { recursive: true });
  const built = spawnSync(
    'gcc',
    [
      '-O2',
      '-w',
      '-o',
      binary,
      driver,
      ...FUNCTIONS.map((name) => join(SOURCES, `src/ta_func/ta_${name}.c`)),
      join(SOURCES, 'src/ta_func/ta_utility.c'),
      join(SOURCES, 'src/ta_common/ta_global.c'),
      `-I${join(SOURCES, 'include')}`,
      `-I${join(SOURCES, 'src/ta_common')}`,
      `-I${join(SOURCES, 'src/ta_func')}`,
      '-lm',
    ],
    { encoding: 'utf8' },
  );
  return built.status === 0 ? facts : { why: `not run: TA-Lib C (gcc: ${built.stderr.trim().split('\n')[0]})` };
}
