import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '#adapters/digest/sha256.ts';
import { draft } from '#core/cycle/records.ts';
import type { RunId, UnixMs } from '#core/domain/ids.ts';
import { price, quantity } from '#core/domain/money.ts';
import { createExecution } from '#core/execution/execution.ts';
import { Fault } from '#core/kernel/fault.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import type { VenueClient, VenueEvent } from '#core/ports/venue-client.ts';
import { approvals } from '#core/risk/seal.ts';
import { openBallast } from '#host/durable/ballast.ts';
import { guardJournal } from '#host/durable/journal-guard.ts';
import { logEnd } from './power-loss.ts';
import { CCXT_AGENT, CCXT_INSTRUMENT } from './protocol/ccxt-settings.ts';
import { orderRecords } from './protocol/order-records.ts';
import { openTestStorage, START } from './storage.ts';
import { approve } from './trading-builders.ts';

// Trades on a disk that fails it, round after round, and says in one line of JSON what was sent and what was written. The venue is a
// counter: what reached it is known without the journal.
export type DiskTask = {
  readonly home: string;
  readonly kind: 'full' | 'error' | 'read-only';
  readonly rounds: number;
  readonly seed: number;
  /** The planted bug: a record that could not be written is forgotten, and the order goes out. */
  readonly hasty?: boolean;
};

export type DiskReport = {
  readonly rounds: number;
  /** Orders that reached the venue, and those of them without a record in the journal, read again after the end. */
  readonly sent: number;
  readonly unrecorded: number;
  /** Sent while the journal had just refused. */
  readonly sentWhileFailing: number;
  readonly refused: number;
  /** Rounds in which orders went out again once the disk took records again. */
  readonly recovered: number;
  /** Resting orders at a failure, and cancels of them that were recorded and sent in spite of it. */
  readonly resting: number;
  readonly canceled: number;
  readonly whole: boolean;
  readonly messages: readonly string[];
};

const task = JSON.parse(process.argv[2] ?? '{}') as DiskTask;
const RUN = 'R-disk' as RunId;
const BALLAST_BYTES = 2_000_000;
const TRIES = 12;
/** More than fit into the log's room and what is left of the disk. */
const MOST_BEFORE_FULL = 1_500;
const rng = createRng(task.seed);
const filler = join(task.home, '..', 'filler');
const sent = new Set<string>();
const messages = new Set<string>();
const tally = { sentWhileFailing: 0, refused: 0, recovered: 0, resting: 0, canceled: 0 };

/** Takes the disk away: fills it to the last byte, or forbids any write beyond where the log ends now. */
function breakDisk(walPath: string): void {
  if (task.kind === 'full') {
    const file = openSync(filler, 'w');
    let size = 0;
    for (const chunk of [1_000_000, 10_000, 512]) {
      try {
        for (;;) size += writeSync(file, Buffer.alloc(chunk, 1));
      } catch {
        // Full for this size.
      }
    }
    // A few bytes may be left, so that a commit can begin and not end.
    ftruncateSync(file, Math.max(0, size - rng.integer(40_000)));
    closeSync(file);
    return;
  }
  const end = logEnd(readFileSync(walPath)) + rng.integer(9_000);
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${end}:unlimited`]);
}

function mendDisk(): void {
  if (task.kind === 'full') rmSync(filler, { force: true });
  else execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited:unlimited']);
}

async function play(): Promise<void> {
  mkdirSync(task.home, { recursive: true });
  const storage = openTestStorage(task.home);
  const ballast = openBallast(join(task.home, 'ballast.bin'), BALLAST_BYTES);
  const guard = guardJournal({
    store: storage.journal,
    releaseBallast: () => ballast.release(),
    onAppended: () => undefined,
    onState: () => undefined,
  });
  const { journal } = guard;
  const cycle = journal.beginCycle();
  let failing = false;
  let listener: (event: VenueEvent) => void = () => undefined;
  let cancels = 0;
  const venue: VenueClient = {
    name: 'counter',
    expiry: () => (START + 60_000) as UnixMs,
    submit({ order }) {
      sent.add(order.clientOrderId);
      if (guard.state().kind !== 'ok') tally.sentWhileFailing += 1;
    },
    cancel: () => {
      cancels += 1;
    },
    subscribe(next) {
      listener = next;
      return () => undefined;
    },
  };
  const ids = createIdFactory(sha256, { seed: task.seed });
  const execution = createExecution({
    venue,
    approvals,
    ids,
    instruments: [CCXT_INSTRUMENT],
    record: ({ type, ts, payload }) => {
      try {
        journal.append(cycle, [draft(RUN, ts, type, payload)]);
      } catch (error) {
        if (task.hasty !== true) throw error;
        tally.refused += 1;
      }
    },
  });
  const trade = (): boolean => {
    const clientOrderId = ids.clientOrderId();
    const order = {
      clientOrderId,
      side: 'buy',
      type: 'limit',
      purpose: 'entry',
      quantity: quantity('0.001'),
      price: price('30000'),
      reduceOnly: false,
      stop: price('20000'),
    } as const;
    try {
      execution.submit(CCXT_AGENT, CCXT_INSTRUMENT.id, approve(order), START);
      if (!failing) listener({ kind: 'accepted', clientOrderId, ts: START, venueOrderId: `v-${clientOrderId}` });
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'storage') throw error;
      messages.add(error.message.replace(task.home, 'HOME'));
      tally.refused += 1;
      return false;
    }
    return true;
  };

  const cancelsAsked = (): number =>
    orderRecords(journal).filter(({ type }) => type === 'order.cancel_requested').length;

  for (let round = 0; round < task.rounds; round++) {
    mendDisk();
    await ballast.fill();
    for (let i = 0; i < 3; i++) trade();
    breakDisk(join(task.home, 'journal.db-wal'));
    // What room is left is used up; from the first refusal on nothing may go out.
    for (let i = 0; i < MOST_BEFORE_FULL && guard.state().kind === 'ok'; i++) trade();
    failing = true;
    for (let i = 0; i < TRIES; i++) trade();
    const resting = execution.openOrders().filter(({ status }) => status === 'accepted').length;
    cancels = 0;
    const asked = cancelsAsked();
    try {
      execution.cancelAll('the disk is full', START);
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'storage') throw error;
    }
    tally.resting += resting;
    tally.canceled += Math.min(resting, cancels, cancelsAsked() - asked);
    mendDisk();
    failing = false;
    if (trade() && guard.state().kind === 'ok') tally.recovered += 1;
    execution.cancelAll('next round', START);
    for (const { clientOrderId } of execution.openOrders())
      listener({ kind: 'canceled', clientOrderId, ts: START, reason: 'asked for' });
  }
  storage.close();
}

/** Nothing can be begun on a disk that takes no writes: the start itself refuses. */
function startOnReadOnly(): void {
  for (let i = 0; i < task.rounds; i++) {
    try {
      openTestStorage(task.home).close();
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'storage') throw error;
      messages.add(error.message.replace(task.home, 'HOME'));
      tally.refused += 1;
    }
  }
}

function report(): DiskReport {
  if (task.kind === 'read-only')
    return { rounds: task.rounds, sent: 0, unrecorded: 0, ...tally, whole: true, messages: [...messages] };
  const again = openTestStorage(task.home);
  try {
    const written = new Set<string>(
      orderRecords(again.journal).flatMap((record) =>
        record.type === 'order.submitted' ? [record.payload.clientOrderId] : [],
      ),
    );
    const unrecorded = [...sent].filter((id) => !written.has(id)).length;
    const whole = again.journal.verify().ok;
    return { rounds: task.rounds, sent: sent.size, unrecorded, ...tally, whole, messages: [...messages] };
  } finally {
    again.close();
    if (existsSync(filler)) rmSync(filler);
  }
}

if (task.kind === 'read-only') startOnReadOnly();
else await play();
process.stdout.write(`${JSON.stringify(report())}\n`);
