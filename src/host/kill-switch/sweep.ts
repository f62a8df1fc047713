import type { Answer } from '#core/ports/venue-gateway.ts';
import { countText } from '#shared/format/names.ts';
import type { CancelProof, CancelTarget, KillTime, RestingOrder, VenueProof } from './types.ts';

/** A venue that has not answered the one request for all by then gets a cancel for each order as well. */
const FALL_BACK_MS = 250;
/** A question that hangs must not stop the asking. */
const QUERY_MS = 2_000;
/** Pauses between two looks at what still rests. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

export type SweepOptions = {
  readonly target: CancelTarget;
  /** `all`, or only what would open something new and is ours. */
  readonly scope: 'all' | 'entries';
  /** For the books: why the orders are canceled. */
  readonly why: string;
  readonly time: KillTime;
  /** Ends the trying; until then it goes on until the venue itself says that nothing is left. */
  readonly signal: AbortSignal;
};

export type Sweep = {
  proof(): VenueProof;
  /** Resolves once the venue's own list is empty of what had to go, or the signal has come. Never rejects. */
  readonly done: Promise<VenueProof>;
};

type Row = { -readonly [K in keyof CancelProof]: CancelProof[K] };

const keyOf = ({ venueOrderId, clientOrderId, instrumentId }: RestingOrder): string =>
  clientOrderId ?? `${instrumentId} ${venueOrderId ?? ''}`;

/**
 * Cancels at one venue and proves it. The first requests leave before this function returns. Then the venue is asked what rests, again and
 * again with growing pauses, and whatever it names is canceled by name; what it names no more is proven gone.
 */
export function startSweep({ target, scope, why, time, signal }: SweepOptions): Sweep {
  const rows = new Map<string, Row>();
  const doubtfulUntil = new Map<Row, number>();
  let verifiedEmptyAt: number | null = null;
  let queries = 0;
  let problem: string | null = 'the venue was not asked yet';

  const concerns = (order: RestingOrder): boolean => scope === 'all' || !(order.protects || order.foreign);
  const rowOf = (order: RestingOrder): Row => {
    const known = rows.get(keyOf(order));
    if (known !== undefined) {
      known.venueOrderId ??= order.venueOrderId;
      return known;
    }
    const row: Row = {
      venue: target.name,
      clientOrderId: order.clientOrderId,
      venueOrderId: order.venueOrderId,
      instrumentId: order.instrumentId,
      foreign: order.foreign,
      requestedAt: time.now(),
      requests: 0,
      confirmedAt: null,
      evidence: null,
    };
    if (order.doubtfulUntil !== undefined) doubtfulUntil.set(row, order.doubtfulUntil);
    rows.set(keyOf(order), row);
    return row;
  };
  const proof = (): VenueProof => ({
    venue: target.name,
    orders: [...rows.values()].map((row) => ({ ...row })),
    verifiedEmptyAt,
    queries,
    problem,
  });

  /** One cancel for each, all at once. What a venue answers to a cancel proves nothing; its list of open orders does. */
  const cancelEach = (orders: readonly RestingOrder[]): Promise<unknown> =>
    Promise.all(
      orders.map((order) => {
        rowOf(order).requests += 1;
        return attempt(async () => {
          const answer = await target.cancel(order, why);
          return answer.kind === 'failed' ? failed(answer.reason) : OK;
        });
      }),
    );

  const begin = (): Promise<unknown> => {
    const known = target.known().filter(concerns);
    for (const order of known) rowOf(order);
    if (scope === 'entries') return cancelEach(known);
    const all = attempt(() => target.cancelAll());
    for (const row of rows.values()) row.requests += 1;
    return Promise.race([all, time.sleep(FALL_BACK_MS, signal).then(() => failed('slow'))]).then((answer) =>
      answer.kind === 'ok' ? undefined : cancelEach(known),
    );
  };

  /** True when nothing that had to go is left. */
  const look = async (): Promise<boolean> => {
    const askedAt = time.now();
    queries += 1;
    const answer = await Promise.race([
      attempt(() => target.openOrders()),
      time.sleep(QUERY_MS, signal).then(() => failed(`no answer within ${QUERY_MS / 1000} s`)),
    ]);
    if (answer.kind === 'failed') {
      problem = `what rests could not be asked: ${answer.reason}`;
      return false;
    }
    const resting = answer.value.filter(concerns);
    const names = new Set(resting.flatMap((order) => namesOf(order)));
    for (const row of rows.values()) {
      const there = namesOf(row).some((name) => names.has(name));
      if (there) {
        row.confirmedAt = null;
        row.evidence = null;
      } else if (row.confirmedAt === null && askedAt >= (doubtfulUntil.get(row) ?? 0)) {
        row.confirmedAt = time.now();
        row.evidence = 'not in the open orders of the venue';
      }
    }
    if (resting.length > 0) {
      problem = resting.length === 1 ? '1 order still rests' : `${resting.length} orders still rest`;
      await Promise.race([cancelEach(resting), time.sleep(QUERY_MS, signal)]);
      return false;
    }
    const doubtful = [...rows.values()].filter((row) => row.confirmedAt === null);
    if (doubtful.length > 0) {
      problem = `${countText(doubtful.length, 'order')} may rest without being shown yet`;
      await Promise.race([
        cancelEach(doubtful.map((row) => ({ ...row, protects: false }))),
        time.sleep(QUERY_MS, signal),
      ]);
      return false;
    }
    verifiedEmptyAt = time.now();
    problem = null;
    return true;
  };

  const run = async (begun: Promise<unknown>): Promise<VenueProof> => {
    await begun;
    for (let pause = FIRST_PAUSE_MS; !signal.aborted && !(await look()); pause = Math.min(2 * pause, LONGEST_PAUSE_MS))
      await time.sleep(pause, signal);
    return proof();
  };
  return { proof, done: run(attempt(async () => (await begin(), OK))) };
}

const OK: Answer<unknown> = { kind: 'ok', value: undefined };
const failed = (reason: string): { readonly kind: 'failed'; readonly reason: string } => ({ kind: 'failed', reason });

/** Names under which an order may be listed; one of them is enough to know it again. */
const namesOf = ({
  clientOrderId,
  venueOrderId,
  instrumentId,
}: Omit<RestingOrder, 'protects' | 'foreign'>): string[] => [
  ...(clientOrderId === null ? [] : [`client ${clientOrderId}`]),
  ...(venueOrderId === null ? [] : [`venue ${instrumentId} ${venueOrderId}`]),
];

/** A target that throws has failed, no more. */
async function attempt<T>(work: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await work();
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}
