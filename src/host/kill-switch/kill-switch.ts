import type { UnixMs } from '#core/domain/ids.ts';
import type { KillPreview, KillReport } from '#shared/contract/kill.ts';
import { countText } from '#shared/format/names.ts';
import type { Halt, TradingStateLatch } from '../trading-state.ts';
import type { EntryWatch } from './entry-watch.ts';
import { killPreview } from './preview.ts';
import { type Sweep, startSweep } from './sweep.ts';
import type { CancelTarget, KillTime, KillVerb, VenueProof } from './types.ts';

/** What the books say of an order that this canceled. */
const KILLED = 'kill switch';
/** The report does not wait longer than this for a venue; the trying goes on behind it. */
const VERIFY_WAIT_MS = 2_500;
/** For the last position to close. */
const FLATTEN_WAIT_MS = 14_000;
/** Before the program ends: nobody likes a program that does not end. */
const STAND_DOWN_MS = 3_000;

export type KillOrder = { readonly verb: KillVerb; readonly reason: string };

/**
 * Stops trading by a path of its own: latch, cancel, verify, flatten, prove. Nothing in it waits for a model, a window or a lock; each
 * step is taken whatever became of the one before. It may be asked any number of times.
 */
export type KillSwitch = {
  /** Never rejects. Asked again meanwhile for the same, it answers the same report. */
  kill(order: KillOrder): Promise<KillReport>;
  /** What each of the two ways to stop would do now. Changes nothing. */
  preview(): Promise<KillPreview>;
  /** For the end of the program: cancels what would open something new and leaves the latch as it is. Never rejects. */
  standDown(reason: string): Promise<readonly VenueProof[]>;
  /** Ends whatever still tries. */
  close(): void;
};

export type KillSwitchOptions = {
  readonly latch: TradingStateLatch;
  readonly targets: () => readonly CancelTarget[];
  readonly time: KillTime;
  /** The market's clock: it dates the records, wall time is inside them. */
  readonly marketNow: () => UnixMs;
  /** Writes the proof down. May throw; the report then says so. */
  readonly record: (order: KillOrder, venues: readonly VenueProof[]) => void;
  /** Proves that the gate holds, from what was recorded. */
  readonly entries: EntryWatch;
  readonly onError: (what: string, error: unknown) => void;
  readonly changed: () => void;
};

type Step = KillReport['steps'][number];

export function createKillSwitch(options: KillSwitchOptions): KillSwitch {
  const { latch, targets, time, marketNow, record, entries, onError, changed } = options;
  const ending = new AbortController();
  const running = new Map<KillVerb, Promise<KillReport>>();

  const carryOut = async (order: KillOrder): Promise<KillReport> => {
    const { verb, reason } = order;
    const steps: Step[] = [];
    const step = (name: string, done: boolean, detail: string): void => {
      steps.push({ name, done, detail: detail.slice(0, 400), ts: marketNow() });
    };
    // The latch shuts in memory before anything else; that it lasts comes second, because a full disk must not keep it open.
    const mark = entries.mark();
    const halt = latch.halt(reason, marketNow());
    const scope = verb === 'flatten' ? 'all' : 'entries';
    const all = targets();
    const sweeps = all.map((target) => startSweep({ target, scope, why: KILLED, time, signal: ending.signal }));
    tellLatch(step, halt);
    stopAgents(all, order, step);

    const verified = Promise.all(sweeps.map(({ done }) => done));
    await within(verified, VERIFY_WAIT_MS, time);
    if (verb === 'flatten') await flattenAll(all, reason, step);
    else tellKept(all, step);
    tellCancels(sweeps, verb, step);
    reconcile(sweeps, mark, step);

    const proofs = (): readonly VenueProof[] => sweeps.map((sweep) => sweep.proof());
    const kept = tryRecord(order, proofs());
    if (kept !== undefined) step('Proof recorded', false, `it is in this report alone: ${kept}`);
    if (proofs().some(({ verifiedEmptyAt }) => verifiedEmptyAt === null))
      void verified.then(() => tryRecord(order, proofs()));
    changed();
    return {
      tradingState: 'halted',
      verb,
      alreadyHalted: !halt.fresh,
      steps,
      venues: proofs().map((venue) => ({ ...venue, orders: [...venue.orders] })),
    };
  };

  const tryRecord = (order: KillOrder, venues: readonly VenueProof[]): string | undefined => {
    try {
      record(order, venues);
      return undefined;
    } catch (error) {
      onError('the proof of the kill switch could not be recorded', error);
      return wordsOf(error);
    }
  };

  /** Whether nothing got through after the gate, and the venues list what we know of. */
  const reconcile = (sweeps: readonly Sweep[], mark: number, step: TellStep): void => {
    try {
      const { after, lastBefore } = entries.since(mark);
      const open = sweeps.map((sweep) => sweep.proof()).filter(({ verifiedEmptyAt }) => verifiedEmptyAt === null);
      const last = lastBefore === null ? '' : `last entry before the gate: ${new Date(lastBefore).toISOString()}; `;
      const unsure = open.length === 0 ? '' : `; not compared yet: ${open.map(({ venue }) => venue).join(', ')}`;
      step('Reconciled', after === 0 && open.length === 0, `${last}${after === 0 ? 'none' : after} after it${unsure}`);
    } catch (error) {
      onError('the entries after the gate could not be read', error);
      step('Reconciled', false, `the journal cannot be read: ${wordsOf(error)}`);
    }
  };

  const stopAgents = (all: readonly CancelTarget[], { verb, reason }: KillOrder, step: TellStep): void => {
    let told = false;
    const problems = all.flatMap((target) => {
      try {
        told = target.stopAgents(verb, reason) || told;
        return [];
      } catch (error) {
        onError(`the agents on ${target.name} could not be stopped`, error);
        return [`${target.name}: ${wordsOf(error)}`];
      }
    });
    step(
      'Agents stopped',
      problems.length === 0,
      problems.join('; ') || (told ? 'the running cycles were told to stop' : 'none was running'),
    );
  };

  const flattenAll = async (all: readonly CancelTarget[], reason: string, step: TellStep): Promise<void> => {
    const answers = await Promise.all(
      all.map(async (target) => ({
        name: target.name,
        problem: await within(
          Promise.resolve().then(() => target.flatten(reason)),
          FLATTEN_WAIT_MS,
          time,
        ),
      })),
    );
    const problems = answers.flatMap(({ name, problem }) => (problem === undefined ? [] : [`${name}: ${problem}`]));
    const held = all.flatMap((target) => target.held()).length;
    const closed = problems.length === 0 && held === 0;
    step('Positions closed', closed, closed ? 'nothing is held' : [`still open: ${held}`, ...problems].join('; '));
  };

  return {
    kill(order) {
      const underWay = running.get(order.verb);
      if (underWay !== undefined) return underWay.then((report) => ({ ...report, alreadyHalted: true }));
      const report = carryOut(order).finally(() => running.delete(order.verb));
      running.set(order.verb, report);
      return report;
    },
    preview: () => killPreview(targets(), time),
    async standDown(reason) {
      const stop = new AbortController();
      const end = (): void => stop.abort();
      ending.signal.addEventListener('abort', end);
      const sweeps = targets().map((target) =>
        startSweep({ target, scope: 'entries', why: reason, time, signal: stop.signal }),
      );
      await within(Promise.all(sweeps.map(({ done }) => done)), STAND_DOWN_MS, time);
      end();
      const proofs = sweeps.map((sweep) => sweep.proof());
      for (const { venue, problem } of proofs)
        if (problem !== null) onError(`${reason}: ${venue}: ${problem}`, undefined);
      return proofs;
    },
    close: () => ending.abort(),
  };
}

type TellStep = (name: string, done: boolean, detail: string) => void;

function tellLatch(step: TellStep, { fresh, recorded, flagged }: Halt): void {
  step('Gate closed', true, fresh ? 'no entry is accepted any more' : 'it was closed already');
  if (recorded) return;
  step(
    'Halt recorded',
    flagged,
    flagged
      ? 'the journal cannot be written; the file KILL in the run folder stands in for it'
      : 'neither journal nor run folder can be written: free the disk and kill again, or a restart forgets it',
  );
}

function tellKept(all: readonly CancelTarget[], step: TellStep): void {
  const held = all.flatMap((target) => target.held()).length;
  step(
    'Positions kept',
    true,
    held === 0
      ? 'nothing is held'
      : `${countText(held, 'position')} and what protects it stay; to close it, stop and flatten`,
  );
}

function tellCancels(sweeps: readonly Sweep[], verb: KillVerb, step: TellStep): void {
  const proofs = sweeps.map((sweep) => sweep.proof());
  const open = proofs.filter(({ verifiedEmptyAt }) => verifiedEmptyAt === null);
  const gone = proofs.flatMap(({ orders }) => orders).filter(({ confirmedAt }) => confirmedAt !== null).length;
  const what = verb === 'flatten' ? 'order' : 'entry order';
  step(
    'Open orders canceled',
    open.length === 0,
    open.length === 0
      ? `the venue lists none any more; ${countText(gone, what)} proven gone`
      : `${open.map(({ venue, problem }) => `${venue}: ${problem}`).join('; ')}; it is tried until the venue confirms`,
  );
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'the engine failed');

/** Undefined when done in time, or in words why not. Never throws: the report must be written whatever fails. */
async function within(work: Promise<unknown>, ms: number, time: KillTime): Promise<string | undefined> {
  const waiting = new AbortController();
  try {
    return await Promise.race([
      work.then(
        () => undefined,
        (error: unknown) => wordsOf(error),
      ),
      time.sleep(ms, waiting.signal).then(() => `not finished after ${ms / 1000} s`),
    ]);
  } finally {
    waiting.abort();
  }
}
