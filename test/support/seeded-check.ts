import * as fc from 'fast-check';

/**
 * fast-check for every test of this project: the cases of a run are the same each time, so that a test which fails on a tree
 * fails on it again, and a test which also counts its cases ("at least ten of them cut the risk") cannot fail by bad luck.
 * `MT_PROPERTY_SEED=<number>` asks for other cases, `MT_PROPERTY_SEED=random` for new ones each time; a failure prints its seed.
 */
const FIXED_SEED = 20_261_121;

function askedSeed(asked: string | undefined): number | undefined {
  if (asked === undefined || asked === '') return FIXED_SEED;
  if (asked === 'random') return undefined;
  const seed = Number(asked);
  if (!Number.isSafeInteger(seed))
    throw new Error(`MT_PROPERTY_SEED is ${asked}; give a whole number, or "random" for new cases each time.`);
  return seed;
}

const seed = askedSeed(process.env['MT_PROPERTY_SEED']);
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });

export * from 'fast-check';
