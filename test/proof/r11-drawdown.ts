import { parseDecimal } from '#core/domain/decimal.ts';
import { DEFAULT_LIMITS } from '#core/risk/risk-limits.ts';
import { type PathsResult, playPaths } from '../support/drawdown-paths.ts';
import { realJumps } from '../support/real-jumps.ts';
import { sharedPresent } from '../support/shared-material.ts';
import type { Proof, ProofRow } from './types.ts';

const DAYS = 4;
/** The gap that the guarantee is stated for. */
const STATED = 0.05;
const CONTROL_PATHS = 60;

const percent = (fraction: number): string => `${(fraction * 100).toFixed(3)} %`;

/**
 * Greedy agents with the widest envelope, on random hourly markets that jump against them at the worst moment: the account never loses more
 * than 5 % from its highest equity as long as no jump is larger than the stated gap. What larger ones do is said, not hidden.
 */
export const r11: Proof = {
  id: 'R11',
  title: 'drawdown stays under 5 % through jumps of up to 5 % once a day',
  async run({ size, seed, say }) {
    const paths = size === 'ci' ? 2_000 : 100_000;
    const pool = sharedPresent ? realJumps(STATED) : [];
    const rows: ProofRow[] = [];
    const goal = (name: string, { worst, worstSeed, holding, hit, hits, halted, flattened, paths: n }: PathsResult) =>
      rows.push(
        {
          what: `${name}: largest drawdown at any close`,
          goal: 'never above 5 %',
          measured: `${percent(worst)} (path ${worstSeed}); ${hits} jumps hit a position, ${flattened} closed in time, ${halted} accounts halted`,
          n,
          kind: 'goal',
          met: worst <= STATED,
        },
        {
          what: `${name}: paths that hold positions, and paths on which a jump hit one`,
          goal: 'at least half',
          measured: `${holding} and ${hit}`,
          n,
          kind: 'goal',
          met: holding >= n / 2 && hit >= n / 2,
        },
      );
    const plain = sharedPresent ? paths / 2 : paths;
    say(`${plain} paths with one jump a day`);
    goal('one jump a day', playPaths(plain, seed * 1_000_000, { days: DAYS, jump: STATED }));
    if (sharedPresent) {
      say(`${paths - plain} paths with ${pool.length} falls from real minutes on top`);
      const real = playPaths(paths - plain, seed * 1_000_000 + plain, { days: DAYS, jump: STATED, pool });
      goal(`and falls drawn from ${pool.length} real minutes`, real);
    } else {
      rows.push({
        what: 'falls drawn from real minutes',
        goal: 'played when the recorded candles are there',
        measured: 'not run: the recorded candles are absent',
        n: 0,
        kind: 'figure',
        met: false,
      });
    }
    for (const jump of [0.1, 0.2]) {
      const { worst, hit, paths: n } = playPaths(paths / 10, seed * 2_000_000, { days: DAYS, jump });
      rows.push({
        what: `overshoot when a jump may be ${percent(jump)}: largest drawdown`,
        goal: 'reported',
        measured: `${percent(worst)}, ${percent(Math.max(0, worst - STATED))} too much; ${hit} paths were hit`,
        n,
        kind: 'figure',
        met: true,
      });
    }
    const none = { ...DEFAULT_LIMITS, gapFraction: parseDecimal('0'), gapAtr: parseDecimal('0') };
    const { worst } = playPaths(CONTROL_PATHS, seed * 3_000_000, { days: DAYS, jump: STATED, limits: none });
    rows.push({
      what: 'control: without the reserve for gaps the same paths break the limit',
      goal: 'above 5 %',
      measured: percent(worst),
      n: CONTROL_PATHS,
      kind: 'control',
      met: worst > STATED,
    });
    return { kind: 'ran', rows };
  },
};
