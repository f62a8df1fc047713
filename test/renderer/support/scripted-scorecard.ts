import type { ScorecardView } from '#shared/contract/scorecard.ts';
import { NOW } from './sample-market.ts';

const interval = { confidence: 0.95, method: 'scripted' };
const figure = (value: number, half: number, n = 240) => ({
  value,
  n,
  interval: { low: value - half, high: value + half, ...interval },
});

/** Two questions, the rules, a model and two baselines; nothing at all for an engine that is new. */
export const scorecard = (fresh: boolean): ScorecardView => ({
  resolved: fresh ? 0 : 240,
  waiting: fresh ? 0 : 3,
  from: fresh ? null : NOW - 40 * 86_400_000,
  to: fresh ? null : NOW,
  horizonCandles: 12,
  rows: fresh
    ? []
    : (['direction', 'regime'] as const).flatMap((question) =>
        (
          [
            ['rules', 'rules', 0.62],
            ['small-model.gguf', 'model', 0.66],
            ['persistence', 'baseline', 0.7],
            ['random', 'baseline', 0.83],
          ] as const
        ).map(([who, kind, brier]) => ({
          question,
          who,
          kind,
          modelHash: kind === 'model' ? 'ab'.repeat(32) : null,
          n: 240,
          brier: figure(brier, 0.02),
          logLoss: figure(brier + 0.4, 0.03),
          right: figure(0.61, 0.06),
          versus: kind === 'baseline' ? [] : [{ other: 'persistence', difference: figure(brier - 0.7, 0.02) }],
          calibration:
            kind === 'baseline'
              ? []
              : [{ from: 0.4, to: 0.6, n: 120, meanProbability: 0.52, right: 0.49, low: 0.4, high: 0.58 }],
        })),
      ),
  authorities: fresh
    ? []
    : [
        {
          model: 'small-model.gguf',
          hash: 'ab'.repeat(32),
          level: 'trial',
          why: 'fewer than 300 calls came due',
          n: 240,
        },
      ],
});
