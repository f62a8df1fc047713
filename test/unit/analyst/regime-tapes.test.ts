import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { REGIMES } from '#core/analyst/types.ts';
import { buildContext } from '#core/context/build-context.ts';
import { REGIME_TAPES } from '#test/support/regime-tapes.ts';
import { snapshotOf } from '#test/support/snapshots.ts';

describe('the regime rules on labelled tapes', () => {
  it('have at least two tapes for each regime', () => {
    for (const regime of REGIMES)
      expect(REGIME_TAPES.filter((tape) => tape.regime === regime).length, regime).toBeGreaterThanOrEqual(2);
  });

  it.each(REGIME_TAPES)('judge $what ($interval) as $regime, and not so but for it', (tape) => {
    const judge = (candles: typeof tape.candles) =>
      judgeByRules(buildContext(sha256, snapshotOf(candles, tape.interval)));
    const judged = judge(tape.candles);
    expect(judged.regime).toBe(tape.regime);
    expect(judged.confidence).toBeGreaterThan(0.25);
    expect(judged.reasons.length).toBeGreaterThan(0);
    expect(judge(tape.butFor).regime).not.toBe(tape.regime);
  });
});
