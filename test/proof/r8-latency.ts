import { createSystemClock } from '#adapters/clock-system/system-clock.ts';
import { draft } from '#core/cycle/records.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import type { AgentId, ClientOrderId, RunId } from '#core/domain/ids.ts';
import { price } from '#core/domain/money.ts';
import { createExecution } from '#core/execution/execution.ts';
import type { ExecutionRecord } from '#core/execution/types.ts';
import { createLiveVenue } from '#core/order-protocol/live-venue.ts';
import { createGate } from '#core/risk/gate.ts';
import { approvals } from '#core/risk/seal.ts';
import { standardChecks } from '#core/risk/standard-checks.ts';
import { lotsToQuantity } from '../support/protocol/fake-exchange.ts';
import { startExchange } from '../support/protocol/kill-loop.ts';
import { KILL_CAPABILITIES } from '../support/protocol/kill-settings.ts';
import { LIVE, LIVE_INSTRUMENT } from '../support/protocol/simulate.ts';
import { createThinGateway } from '../support/protocol/thin-gateway.ts';
import { openTestStorage } from '../support/storage.ts';
import { calmView } from '../support/trading-builders.ts';
import { quantile } from './quantile.ts';
import type { Proof, ProofRow } from './types.ts';

const AGENT = 'A-00000001' as AgentId;
const RUN = 'R-latency' as RunId;
const ACK_LATENCY_MS = 150;

type Measured = { readonly wire: readonly number[]; readonly ack: readonly number[] };

/** One decision after the other: gate, durable commit, request; measured until the bytes are with the operating system and until the answer is booked. */
async function decide(count: number, latencyMs: number, folder: string, seed: number): Promise<Measured> {
  const exchange = await startExchange([String(seed), '0', '0', String(latencyMs)]);
  const storage = openTestStorage(folder);
  const cycle = storage.journal.beginCycle();
  let written: (() => void) | undefined;
  let heard: ((record: ExecutionRecord) => void) | undefined;
  const gateway = createThinGateway({
    port: exchange.port,
    account: 'latency',
    capabilities: KILL_CAPABILITIES,
    timeoutMs: 4_000,
    onWritten: (what) => (what === 'place' ? written?.() : undefined),
  });
  await exchange.control('calm', 'latency');
  const clock = createSystemClock({ keepsProcessAlive: true });
  const failures: unknown[] = [];
  const venue = createLiveVenue({
    gateway,
    clock,
    instruments: [LIVE_INSTRUMENT],
    onBroken: (error) => failures.push(error),
  });
  let ids = 0;
  const execution = createExecution({
    venue,
    approvals,
    ids: { clientOrderId: () => 'mtffffffffffffffff' as ClientOrderId },
    instruments: [LIVE_INSTRUMENT],
    record: (record) => {
      storage.journal.append(cycle, [draft(RUN, record.ts, record.type, record.payload)]);
      heard?.(record);
    },
  });
  venue.start(execution);
  const until = (type: ExecutionRecord['type']): Promise<void> =>
    new Promise((done) => {
      heard = (record) => (record.type === type ? done() : undefined);
    });
  while (venue.status().state !== 'ready') await new Promise((done) => setTimeout(done, 5));

  const gate = createGate(standardChecks);
  const wire: number[] = [];
  const ack: number[] = [];
  try {
    for (let i = 0; i < count; i++) {
      ids += 1;
      const now = clock.now();
      const began = performance.now();
      const bytes = new Promise<void>((done) => {
        written = () => {
          wire.push(performance.now() - began);
          done();
        };
      });
      const verdict = gate(
        {
          clientOrderId: `mt${ids.toString(16).padStart(16, '0')}` as ClientOrderId,
          side: 'buy',
          type: 'limit',
          purpose: 'entry',
          quantity: lotsToQuantity(100),
          price: price('100'),
          reduceOnly: false,
          stop: price('98'),
          target: price('110'),
        },
        {
          ...calmView,
          now,
          instrument: LIVE_INSTRUMENT,
          allowedInstruments: [LIVE],
          envelopeExpiresAt: (now + 60_000) as typeof now,
          feeBps: parseDecimal('10'),
        },
      );
      if (verdict.kind === 'denied') throw new Error(`the gate denied the order: ${verdict.check}: ${verdict.reason}`);
      const accepted = until('order.accepted');
      execution.submit(AGENT, LIVE, verdict.order, now);
      await bytes;
      await accepted;
      ack.push(performance.now() - began);
      const canceled = until('order.canceled');
      execution.cancel(verdict.order.clientOrderId, 'measured', clock.now());
      await canceled;
    }
  } finally {
    venue.close();
    await gateway.close();
    storage.close();
    await exchange.stop();
  }
  if (failures.length > 0) throw failures[0];
  return { wire, ack };
}

const row = (what: string, goalMs: number, values: readonly number[], share: number): ProofRow => {
  const measured = quantile(values, share);
  return {
    what,
    goal: `< ${goalMs} ms`,
    measured: `${measured.toFixed(2)} ms`,
    n: values.length,
    kind: 'clock',
    met: measured < goalMs,
  };
};

export const r8: Proof = {
  id: 'R8',
  title: 'from a decision to bytes on the wire, with risk gate and durable commit',
  async run({ size, scratch, seed }) {
    const { wire } = await decide(size === 'ci' ? 2_000 : 10_000, 0, scratch, seed);
    return {
      kind: 'ran',
      rows: [row('median', 5, wire, 0.5), row('p99', 25, wire, 0.99), row('longest', 100, wire, 1)],
    };
  },
};

export const r9: Proof = {
  id: 'R9',
  title: `from a decision to its booked acknowledgement, venue answers after ${ACK_LATENCY_MS} ms`,
  async run({ size, scratch, seed }) {
    const { ack } = await decide(size === 'ci' ? 60 : 1_000, ACK_LATENCY_MS, scratch, seed);
    return { kind: 'ran', rows: [row('p99', 1_000, ack, 0.99)] };
  },
};
