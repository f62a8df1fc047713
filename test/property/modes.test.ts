import { describe, expect, it } from 'vitest';
import type { Asker, ChosenMode, Mode } from '#core/automation/types.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { quantity } from '#core/domain/money.ts';
import { createGate } from '#core/risk/gate.ts';
import { standardChecks } from '#core/risk/standard-checks.ts';
import type { ProposedOrder, RiskView, TradingState } from '#core/risk/types.ts';
import type { EntryPolicy } from '#shared/contract/preferences.ts';
import * as fc from '../support/seeded-check.ts';
import { calmView, closingOrder, entryOrder } from '../support/trading-builders.ts';

type Event =
  | { readonly kind: 'choose'; readonly mode: ChosenMode }
  | { readonly kind: 'halt' | 'kill' | 'resume' | 'lock' | 'unlock' | 'approve brief' | 'approve entry' | 'respawn' }
  | { readonly kind: 'ask'; readonly policy: EntryPolicy }
  | {
      readonly kind: 'order';
      readonly by: Asker;
      readonly what: 'entry' | 'large entry' | 'exit';
      readonly live: boolean;
    };

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('choose' as const),
      mode: fc.constantFrom<ChosenMode>('full', 'semi', 'manual'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('halt' as const, 'kill' as const, 'resume' as const, 'lock' as const, 'unlock' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('approve brief' as const, 'approve entry' as const, 'respawn' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      policy: fc.constantFrom<EntryPolicy>('live', 'large', 'every'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('order' as const),
      by: fc.constantFrom<Asker>('agent', 'master', 'program'),
      what: fc.constantFrom('entry' as const, 'large entry' as const, 'exit' as const),
      live: fc.boolean(),
    }),
  },
);

type World = {
  chosen: ChosenMode;
  state: TradingState;
  lock: 'open' | 'locked';
  brief: boolean;
  entry: boolean;
  policy: EntryPolicy;
};

/** Limit orders, which a live venue takes as well: planned losses of about 21 and 52 of 10,000, beside a threshold of 50. */
const small: ProposedOrder = {
  ...entryOrder(1, '4', { stop: '95', target: '110' }),
  type: 'limit',
  price: calmView.referencePrice,
};
const large: ProposedOrder = {
  ...entryOrder(2, '10', { stop: '95', target: '110' }),
  type: 'limit',
  price: calmView.referencePrice,
};
const exit: ProposedOrder = { ...closingOrder(3, 'exit', '4'), type: 'limit', price: calmView.referencePrice };
const ORDERS = { entry: small, 'large entry': large, exit };

const modeOf = ({ state, chosen }: World): Mode => (state === 'halted' ? 'emergency' : chosen);

/** What the table of the design says, in words of its own: it shares nothing with the code that is tested. */
function allowed(world: World, { by, what, live }: Event & { readonly kind: 'order' }): boolean {
  if (what === 'exit') return true;
  if (world.state !== 'active' || world.lock !== 'open') return false;
  if (by === 'master') return true;
  if (world.chosen === 'full') return true;
  if (by === 'program' || world.chosen === 'manual' || !world.brief) return false;
  const large = what === 'large entry';
  const asks = (live && large) || world.policy === 'every' || (world.policy === 'large' && large);
  return !asks || world.entry;
}

function after(world: World, happened: Event): World {
  switch (happened.kind) {
    case 'choose':
      return { ...world, chosen: happened.mode };
    case 'halt':
      return { ...world, state: world.state === 'halted' ? 'halted' : 'reducing' };
    case 'kill':
      return { ...world, state: 'halted' };
    case 'resume':
      return { ...world, state: 'active' };
    case 'lock':
    case 'unlock':
      return { ...world, lock: happened.kind === 'lock' ? 'locked' : 'open' };
    case 'approve brief':
      return { ...world, brief: true };
    case 'approve entry':
      return { ...world, entry: true };
    case 'respawn':
      return { ...world, brief: false, entry: false };
    case 'ask':
      return { ...world, policy: happened.policy };
    case 'order':
      return world;
  }
}

describe('no sequence of modes and events', () => {
  it('lets an order through that the table blocks, or keeps one back that only reduces', () => {
    const gate = createGate(standardChecks);
    const seen = { approved: 0, denied: 0, exits: 0 };
    fc.assert(
      fc.property(fc.array(event, { minLength: 3, maxLength: 40 }), (events) => {
        let world: World = {
          chosen: 'full',
          state: 'active',
          lock: 'open',
          brief: false,
          entry: false,
          policy: 'live',
        };
        for (const happened of events) {
          world = after(world, happened);
          if (happened.kind !== 'order') continue;
          const order = ORDERS[happened.what];
          const view: RiskView = {
            ...calmView,
            venue: happened.live ? 'live' : 'simulated',
            tradingState: world.state,
            ...(happened.what === 'exit' ? { heldQuantity: quantity('4'), grossExposure: parseDecimal('400') } : {}),
            access: {
              mode: modeOf(world),
              lock: world.lock,
              by: happened.by,
              asks: world.policy,
              ...(world.brief ? { brief: 'approved' as const } : {}),
              ...(world.entry ? { entry: 'approved' as const } : {}),
            },
          };
          const verdict = gate(order, view);
          const passes = verdict.kind === 'approved';
          if (passes) seen.approved += 1;
          else seen.denied += 1;
          if (happened.what === 'exit') seen.exits += 1;
          expect(
            passes,
            `${JSON.stringify(happened)} in ${JSON.stringify(world)}: ${verdict.kind === 'denied' ? verdict.reason : 'approved'}`,
          ).toBe(allowed(world, happened));
        }
      }),
      { numRuns: 1_500, seed: 20_261_120 },
    );
    expect(Math.min(seen.approved, seen.denied, seen.exits)).toBeGreaterThan(1_000);
  });
});
