import { z } from 'zod';
import type { Rng } from '#core/kernel/rng.ts';

/** What a request is for. */
export const ENDPOINTS = ['create', 'cancel', 'amend', 'query', 'public', 'stream'] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** Ways in which a request goes wrong. `accepted_`: the venue did what was asked, and only the answer is bad. */
export const REQUEST_FAULTS = [
  'lost',
  'reset',
  'timeout',
  'late',
  'slow',
  'rate_limited',
  'banned',
  'maintenance',
  'unavailable',
  'html',
  'huge',
  'empty',
  'accepted_dropped',
  'accepted_reset',
  'accepted_timeout',
  'accepted_5xx',
  'accepted_unknown',
  'accepted_html',
  'accepted_huge',
  'accepted_empty',
  'accepted_wrong_types',
  'hidden',
  'partial_fill',
  'fill_on_cancel',
] as const;
export type RequestFault = (typeof REQUEST_FAULTS)[number];

/** Ways in which a stream goes wrong, decided anew for each message. */
export const STREAM_FAULTS = ['duplicate', 'reorder', 'gap', 'delay', 'silence', 'drop'] as const;
export type StreamFault = (typeof STREAM_FAULTS)[number];

export const CHANNELS = ['book', 'trade', 'ticker', 'candle', 'private'] as const;
export type Channel = (typeof CHANNELS)[number];

export const faultRuleSchema = z.strictObject({
  fault: z.enum([...REQUEST_FAULTS, ...STREAM_FAULTS]),
  on: z.enum(ENDPOINTS),
  /** Only messages of this channel; for streams. */
  channel: z.enum(CHANNELS).optional(),
  /** Only requests of this account, and messages to it. */
  account: z.string().optional(),
  /** Part of the requests or messages that are hit. */
  chance: z.number().min(0).max(1).default(1),
  /** How often it fires at most. */
  times: z.int().positive().optional(),
  /** So many are spared first. */
  skip: z.int().nonnegative().default(0),
  /** Of `late`, `slow`, `hidden` and `delay`; how long `rate_limited` and `banned` ask to wait. */
  delayMs: z.int().nonnegative().default(300),
  /** Part of the rest that `partial_fill` fills. */
  fraction: z.number().min(0).max(1).default(0.5),
});
export type FaultRule = z.infer<typeof faultRuleSchema>;

/** A rule that hits this request or message. It counts when the effect took place, not before: an order that is refused anyway hides nothing. */
export type Drawn<F> = {
  readonly fault: F;
  readonly delayMs: number;
  readonly fraction: number;
  fired(): void;
};

export type FaultInjector = {
  replace(rules: readonly FaultRule[]): void;
  /** Replaces the rules of one account, and leaves all others as they are. */
  replaceOf(account: string, rules: readonly FaultRule[]): void;
  /** `account`: whose request it is, as far as it says so. */
  request(endpoint: Endpoint, account?: string): Drawn<RequestFault> | undefined;
  message(channel: Channel, account?: string): Drawn<StreamFault> | undefined;
  /** Effects that took place: `accepted_5xx on create` -> 3. Of one account only those of its own rules. */
  counts(account?: string): Readonly<Record<string, number>>;
};

type Armed = { readonly rule: FaultRule; left: number; spared: number };

/** Seeded: the same rules and the same requests in the same order give the same faults. */
export function createFaultInjector(rng: Rng): FaultInjector {
  let armed: Armed[] = [];
  const counts = new Map<string | undefined, Record<string, number>>();

  const arm = (rule: FaultRule): Armed => ({ rule, left: rule.times ?? Number.MAX_SAFE_INTEGER, spared: 0 });
  const count = (account: string | undefined, name: string): void => {
    const known = counts.get(account) ?? {};
    counts.set(account, { ...known, [name]: (known[name] ?? 0) + 1 });
  };

  const draw = <F extends FaultRule['fault']>(
    endpoint: Endpoint,
    account: string | undefined,
    channel: Channel | undefined,
    known: readonly F[],
  ) => {
    for (const candidate of armed) {
      const { rule } = candidate;
      const fault = known.find((name) => name === rule.fault);
      if (fault === undefined || rule.on !== endpoint || candidate.left === 0) continue;
      if (rule.channel !== undefined && rule.channel !== channel) continue;
      if (rule.account !== undefined && rule.account !== account) continue;
      if (candidate.spared < rule.skip) {
        candidate.spared += 1;
        continue;
      }
      if (rule.chance < 1 && rng.next() >= rule.chance) continue;
      const fired = (): void => {
        candidate.left -= 1;
        const name = `${fault} on ${endpoint}`;
        count(undefined, name);
        if (rule.account !== undefined) count(rule.account, name);
      };
      return { fault, delayMs: rule.delayMs, fraction: rule.fraction, fired };
    }
    return undefined;
  };

  return {
    replace: (rules) => {
      armed = rules.map(arm);
    },
    replaceOf: (account, rules) => {
      const others = armed.filter(({ rule }) => rule.account !== account);
      armed = [...others, ...rules.map((rule) => arm({ ...rule, account }))];
    },
    request: (endpoint, account) => draw(endpoint, account, undefined, REQUEST_FAULTS),
    message: (channel, account) => draw('stream', account, channel, STREAM_FAULTS),
    counts: (account) => ({ ...counts.get(account) }),
  };
}
