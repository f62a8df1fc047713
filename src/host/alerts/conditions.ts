import type { AccountView } from '#shared/contract/accounts.ts';
import type { EngineParts } from '../parts.ts';
import type { Condition } from './watch-conditions.ts';

/** A feed is told of when it has been bad for a minute; before that it often mends itself. */
const STALE_MS = 60_000;
const SECOND_MS = 1_000;
const TWICE = 2;

const now = { misses: 1, forMs: 0 } as const;
const twice = { misses: TWICE, forMs: 0 } as const;
const lasting = { misses: TWICE, forMs: STALE_MS } as const;

/** A cycle on live prices, and what is wrong with them. */
export type FollowedCycle = {
  readonly cycle: number;
  readonly label: string;
  readonly environment: 'paper' | 'shadow' | 'live';
  readonly trouble: string;
};

export type Seen = {
  readonly parts: Pick<EngineParts, 'durable' | 'models' | 'dataFault'>;
  readonly cycles: readonly FollowedCycle[];
  readonly accounts: readonly AccountView[];
};

/** Everything that is wrong with the engine at this moment. */
export const conditionsOf = (seen: Seen): readonly Condition[] => [
  ...machineConditions(seen),
  ...seen.cycles.map(feedCondition),
  ...seen.accounts.flatMap(accountCondition),
];

function machineConditions({ parts }: Seen): readonly Condition[] {
  const { journal, disk } = parts.durable.state();
  const fault = parts.dataFault();
  const analyst = parts.models.describe();
  const found: Condition[] = [];
  if (journal.kind !== 'ok')
    found.push({
      name: 'journal',
      ...now,
      tell: () => ({ kind: 'journal_unwritable', facts: { why: journal.why }, environment: null, link: '/audit' }),
    });
  if (disk.low && disk.freeBytes !== null) {
    const facts = { freeBytes: disk.freeBytes };
    found.push({ name: 'disk', ...now, tell: () => ({ kind: 'disk_low', facts, environment: null, link: '/alerts' }) });
  }
  if (fault !== null)
    found.push({
      name: 'clock',
      ...twice,
      tell: () => ({ kind: 'clock_skew', facts: { why: fault }, environment: null, link: '/alerts' }),
    });
  // The label is `Rules (why)` where a model was chosen and cannot be asked.
  const why = analyst.kind === 'rules' ? /^Rules \((?!no model\))(.*)\)$/.exec(analyst.label)?.[1] : undefined;
  if (why !== undefined)
    found.push({
      name: 'model',
      ...twice,
      tell: () => ({ kind: 'model_safe_mode', facts: { why }, environment: null, link: '/models' }),
    });
  return found;
}

const feedCondition = ({ cycle, label, environment, trouble }: FollowedCycle): Condition => ({
  name: `feed ${cycle}`,
  ...lasting,
  tell: (lastedMs) => ({
    kind: 'feed_stale',
    facts: { seconds: Math.round(lastedMs / SECOND_MS), label, why: trouble },
    environment,
    link: '/market',
    about: label,
  }),
});

function accountCondition({ name, state, why, streamLost, environment }: AccountView): readonly Condition[] {
  const place = { environment, link: '/portfolio', about: name } as const;
  const reason = why ?? 'see the log';
  if (state === 'broken')
    return [
      {
        name: `account ${name} broken`,
        ...now,
        tell: () => ({ kind: 'account_mismatch', facts: { account: name, why: reason }, ...place }),
      },
    ];
  if (state === 'ready' && !streamLost) return [];
  const called = state === 'ready' ? 'without its stream' : state;
  return [
    {
      name: `account ${name} ${state}`,
      ...(state === 'refused' ? twice : lasting),
      tell: () => ({ kind: 'venue_trouble', facts: { account: name, state: called, why: reason }, ...place }),
    },
  ];
}
