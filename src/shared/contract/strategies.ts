import { z } from 'zod';

import { call } from './define.ts';
import { labFamilyView } from './lab.ts';
import { intervalText, regimeText, shortText, unixMsNumber } from './primitives.ts';

/** A strategy family as a person chooses it: what it does, when it does not trade, and every parameter with its bounds. */
export const strategyView = labFamilyView.extend({
  notWhen: shortText,
  /** What it cannot trade without beside candles. */
  needs: z.enum(['news']).nullable(),
  /** In how many equal parts it buys by its usual parameters; 1 is at once. */
  parts: z.int().min(1).max(5),
  /** Closed candles before its first decision, by its usual parameters. */
  warmUp: z.int(),
  /** Judgements that it may answer. Empty: no agent is spawned from it. */
  regimes: z.array(regimeText),
});
export type StrategyView = z.infer<typeof strategyView>;

const pastFamily = z.strictObject({ family: z.string(), regime: regimeText });

/** Another family than the last one of a market, and why. */
export const strategySwitch = z.strictObject({
  seq: z.int(),
  cycle: z.int(),
  at: unixMsNumber,
  instrument: z.string(),
  interval: intervalText,
  from: pastFamily,
  to: pastFamily,
  cause: z.enum(['regime', 'memory', 'risk', 'moment']),
  why: z.string(),
});
export type StrategySwitch = z.infer<typeof strategySwitch>;

export const strategiesContract = {
  'strategies.list': call('view', z.strictObject({}), z.array(strategyView)),
  /** Newest first. */
  'strategies.switches': call(
    'view',
    z.strictObject({ limit: z.int().min(1).max(1000).default(100) }),
    z.array(strategySwitch),
  ),
};
