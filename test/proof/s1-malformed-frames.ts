import { createRng } from '#core/kernel/rng.ts';
import { type AppContract, type AppHandlers, appContract } from '#shared/contract/app-contract.ts';
import type { CallDefinition } from '#shared/contract/define.ts';
import { contractHash } from '#shared/transport/contract-hash.ts';
import { downFrame } from '#shared/transport/frames.ts';
import { type EventSource, serveContract } from '#shared/transport/host.ts';
import { createPortPair } from '#shared/transport/ports.ts';
import { damage, nonsense } from './damage.ts';
import { goalRow } from './goal-row.ts';
import { quantile } from './quantile.ts';
import { samplesOf } from './schema-samples.ts';
import type { Proof, ProofRow } from './types.ts';

const SECRET = 'canary-5f1c88e2';
/** The canary itself, stacks, and places on this disk. */
const LEAK = new RegExp(`${SECRET}|\\bat \\S+ \\(|\\.tsx?:\\d|node_modules|file://`);
const BATCH = 50;
const P99_MS = 5;

type Call = readonly [name: string, entry: CallDefinition];
const calls: readonly Call[] = Object.entries(appContract).flatMap(([name, entry]): Call[] =>
  entry.kind === 'call' ? [[name, entry as CallDefinition]] : [],
);

/** Handlers that hold what reaches them to its schema again, and then answer badly in every way there is. */
function badHandlers(seen: { accepted: Map<string, number>; invalid: number }): AppHandlers {
  let turn = 0;
  const handler = ([name, entry]: Call) => [
    name,
    (input: unknown): unknown => {
      seen.accepted.set(name, (seen.accepted.get(name) ?? 0) + 1);
      if (!entry.input.safeParse(input).success) seen.invalid += 1;
      turn += 1;
      if (turn % 4 === 0) throw new Error(`${SECRET} at /srv/engine.ts:3:1`);
      if (turn % 4 === 1) return { [SECRET]: SECRET, text: new Error(SECRET).stack };
      if (turn % 4 === 2) return Promise.reject({ stack: SECRET });
      return undefined;
    },
  ];
  return Object.fromEntries(calls.map(handler)) as AppHandlers;
}

const noisyEvents: EventSource<AppContract> = {
  subscribe(_name, emit) {
    emit({ [SECRET]: SECRET } as never);
    return () => undefined;
  },
};

type Tally = {
  sent: number;
  invalid: number;
  leaks: number;
  answers: number;
  unanswered: number;
  reached: number;
  msOf: number[];
};

async function fuzz(
  contract: AppContract,
  messages: number,
  seed: number,
): Promise<Tally & { readonly accepted: number; readonly missed: readonly string[] }> {
  const rng = createRng(seed);
  const good = calls.map(([name, { input }]) => ({ name, inputs: samplesOf(input, rng, 4) }));
  const seen = { accepted: new Map<string, number>(), invalid: 0 };
  const ends = createPortPair();
  serveContract({
    contract,
    handlers: badHandlers(seen),
    events: noisyEvents,
    port: ends.host,
    scope: 'admin',
    fingerprint: contractHash(appContract),
  });
  const tally: Tally = { sent: 0, invalid: 0, leaks: 0, answers: 0, unanswered: 0, reached: 0, msOf: [] };
  let awaited: { readonly id: number; readonly done: () => void } | undefined;
  ends.client.onFrame((raw) => {
    const answer = downFrame.parse(raw);
    tally.answers += 1;
    if (LEAK.test(JSON.stringify(answer))) tally.leaks += 1;
    if ('id' in answer && answer.id === awaited?.id) awaited.done();
  });
  const hello = { t: 'hello', hash: contractHash(appContract) };
  ends.client.send(hello);
  const channels = new Set<string>();
  for (let at = 0; at < messages; ) {
    for (let inBatch = 0; inBatch < BATCH && at < messages; inBatch++, at++) {
      const { name, inputs } = good[at % good.length] ?? { name: '', inputs: [] };
      const frame = { t: 'call', id: at, name, input: inputs[rng.integer(Math.max(1, inputs.length))] ?? {} };
      try {
        ends.client.send(at % 23 === 0 ? nonsense(rng) : damage(frame, rng));
        tally.sent += 1;
        channels.add(name);
      } catch {
        // What the transport itself does not carry never reaches the host.
      }
    }
    // A plain question after each batch: the host lives, has heard everything before, and answers in its time.
    const began = performance.now();
    const answered = await new Promise<boolean>((done) => {
      const id = 1_000_000_000 + at;
      const late = setTimeout(() => done(false), 20_000);
      awaited = {
        id,
        done() {
          clearTimeout(late);
          done(true);
        },
      };
      // A damaged frame may have been a hello of its own: greet again, then ask.
      ends.client.send(hello);
      ends.client.send({ t: 'call', id, name: 'engine.status', input: {} });
    });
    if (!answered) tally.unanswered += 1;
    // The host works off the batch before it comes to the question: the time is that of a whole batch, and its share is a message's.
    tally.msOf.push((performance.now() - began) / BATCH);
  }
  ends.client.close();
  return {
    ...tally,
    invalid: seen.invalid,
    reached: seen.accepted.size,
    missed: calls.flatMap(([name]) => (seen.accepted.has(name) ? [] : [name])),
    accepted: [...seen.accepted.values()].reduce((sum, count) => sum + count, 0),
  };
}

/** The same contract with one input that takes anything, as a mistake would make it. */
const loosened = (): AppContract => {
  const loose = { safeParse: (data: unknown) => ({ success: true, data }) };
  return { ...appContract, 'cycle.start': { ...appContract['cycle.start'], input: loose } } as unknown as AppContract;
};

/** A flood of broken messages against the host with the real contract: does it stay up, let nothing wrong in, and say nothing it should not? */
export const s1: Proof = {
  id: 'S1',
  title: 'malformed frames on every call of the contract',
  async run({ size, seed, say }) {
    const messages = size === 'ci' ? 200_000 : 1_000_000;
    const crashes: unknown[] = [];
    const onCrash = (error: unknown): void => void crashes.push(error);
    process.on('unhandledRejection', onCrash);
    const began = performance.now();
    const told = await fuzz(appContract, messages, seed);
    await new Promise((done) => setImmediate(done));
    process.off('unhandledRejection', onCrash);
    say(`${told.sent} messages in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    const planted = await fuzz(loosened(), 20_000, seed + 1);
    const p99 = quantile(told.msOf, 0.99);
    const row = (what: string, goal: string, measured: string, met: boolean, n = told.sent): ProofRow =>
      goalRow(what, goal, measured, n, met);
    return {
      kind: 'ran',
      rows: [
        row(
          'crashes of the host: exceptions nobody caught, and plain questions left unanswered',
          '0',
          `${crashes.length + told.unanswered}`,
          crashes.length + told.unanswered === 0,
        ),
        row(
          'wrong inputs that reached a handler',
          '0',
          `${told.invalid} of ${told.accepted} that did`,
          told.invalid === 0 && told.accepted > 1_000,
        ),
        row(
          'answers that hold a secret, a stack or a path',
          '0',
          `${told.leaks}`,
          told.leaks === 0 && told.answers > messages / 4,
          told.answers,
        ),
        row(
          'calls of the contract whose handler was reached by a whole message',
          'all but two',
          `${told.reached} of ${calls.length}${told.missed.map((name) => `; not ${name}`).join('')}`,
          told.reached >= calls.length - 2,
        ),
        {
          what: 'time of the host for one message, p99 over batches',
          goal: `< ${P99_MS} ms`,
          measured: `${p99.toFixed(3)} ms`,
          n: told.msOf.length,
          kind: 'clock',
          met: p99 < P99_MS,
        },
        {
          what: 'a contract with one input that takes anything is seen',
          goal: 'seen',
          measured: `${planted.invalid} wrong inputs reached a handler`,
          n: planted.sent,
          kind: 'control',
          met: planted.invalid > 0,
        },
      ],
    };
  },
};
