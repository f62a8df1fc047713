import { spawn } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { draft } from '#core/cycle/records.ts';
import { type AgentId, type ClientOrderId, type RunId, unixMs } from '#core/domain/ids.ts';
import { price } from '#core/domain/money.ts';
import { acceptedRecord, submittedRecord } from '#core/execution/records.ts';
import { PROTOCOL_SETTINGS } from '#core/order-protocol/settings.ts';
import { NODE } from '../support/child.ts';
import { lotsToQuantity } from '../support/protocol/fake-exchange.ts';
import { bundle, startExchange } from '../support/protocol/kill-loop.ts';
import { KILL_CAPABILITIES } from '../support/protocol/kill-settings.ts';
import { LIVE } from '../support/protocol/simulate.ts';
import { createThinGateway } from '../support/protocol/thin-gateway.ts';
import { openTestStorage } from '../support/storage.ts';
import { approve } from '../support/trading-builders.ts';
import { quantile } from './quantile.ts';
import type { Proof } from './types.ts';

const OPEN = 50;
const UNKNOWN = 10;
const LATENCY_MS = 50;
const GOAL_MS = 3_000;
const AGENT = 'A-00000001' as AgentId;
const RUN = 'R-restart' as RunId;

/**
 * Leaves a journal and an exchange as a crash leaves them: open orders, and orders of which nobody knows. Of these every second one has reached the
 * exchange. They were sent long enough ago to have expired: a request that may still arrive has to be waited for, by however long that is.
 */
async function leaveBehind(folder: string, port: number, account: string): Promise<void> {
  const gateway = createThinGateway({ port, account, capabilities: KILL_CAPABILITIES, timeoutMs: 4_000 });
  const storage = openTestStorage(folder);
  const cycle = storage.journal.beginCycle();
  const past =
    Date.now() - PROTOCOL_SETTINGS.expiryMs - PROTOCOL_SETTINGS.skewMs - KILL_CAPABILITIES.indexLagMs - 1_000;
  for (let i = 0; i < OPEN + UNKNOWN; i++) {
    const clientOrderId = `mt${i.toString(16).padStart(16, '0')}` as ClientOrderId;
    const order = approve({
      clientOrderId,
      side: 'buy',
      type: 'limit',
      purpose: 'entry',
      quantity: lotsToQuantity(1),
      price: price('99'),
      reduceOnly: false,
    });
    const submittedAt = unixMs(past);
    const expiresAt = unixMs(past + PROTOCOL_SETTINGS.expiryMs);
    const submitted = submittedRecord(
      { agentId: AGENT, instrumentId: LIVE, order, submittedAt, expiresAt },
      null,
      submittedAt,
    );
    storage.journal.append(cycle, [draft(RUN, submittedAt, 'order.submitted', submitted.payload as never)]);
    if (i >= OPEN && i % 2 === 0) continue;
    const placed = await gateway.place({
      ...order,
      agentId: AGENT,
      instrumentId: LIVE,
      expiresAt: unixMs(Date.now() + 5_000),
    });
    if (placed.kind !== 'accepted') throw new Error(`the exchange did not take order ${i}: ${placed.kind}`);
    if (i >= OPEN) continue;
    const tracked = { clientOrderId, agentId: AGENT, status: 'accepted', venueOrderId: placed.venueOrderId } as never;
    storage.journal.append(cycle, [
      draft(RUN, submittedAt, 'order.accepted', acceptedRecord(tracked, submittedAt).payload as never),
    ]);
  }
  storage.close();
  await gateway.close();
}

function restart(script: string, args: readonly string[]): Promise<{ readonly ms: number; readonly stdout: string }> {
  const began = performance.now();
  return new Promise((done, fail) => {
    const child = spawn(NODE, [script, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    let stdout = '';
    child.stdout.on('data', (part: Buffer) => {
      stdout += part.toString();
    });
    child.once('error', fail);
    child.once('close', () => done({ ms: performance.now() - began, stdout }));
  });
}

/** From the start of the process to books that are compared with the venue's. */
export const r6: Proof = {
  id: 'R6',
  title: `a restart with ${OPEN} open and ${UNKNOWN} unknown orders is reconciled soon`,
  async run({ size, scratch, seed }) {
    const times = size === 'ci' ? 20 : 100;
    const script = await bundle('restart-engine.ts', join(scratch, 'engine'));
    const exchange = await startExchange([String(seed), '0', '0', String(LATENCY_MS)]);
    const elapsed: number[] = [];
    let wrong = 0;
    try {
      await exchange.control('calm', 'left');
      const left = join(scratch, 'left');
      mkdirSync(left);
      await leaveBehind(left, exchange.port, 'left');
      for (let i = 0; i < times; i++) {
        const folder = join(scratch, `restart-${i}`);
        cpSync(left, folder, { recursive: true });
        const { ms, stdout } = await restart(script, [folder, String(exchange.port), 'left']);
        elapsed.push(ms);
        const { restored, open, unclear } = JSON.parse(stdout || '{}') as Record<string, number>;
        if (restored !== OPEN + UNKNOWN || open !== OPEN + UNKNOWN / 2 || unclear !== 0) wrong += 1;
      }
    } finally {
      await exchange.stop();
    }
    const p95 = quantile(elapsed, 0.95);
    return {
      kind: 'ran',
      rows: [
        {
          what: `process start to reconciled, venue answers after ${LATENCY_MS} ms, unknown requests expired: p95`,
          goal: `< ${GOAL_MS} ms`,
          measured: `${p95.toFixed(0)} ms (median ${quantile(elapsed, 0.5).toFixed(0)} ms)`,
          n: times,
          kind: 'clock',
          met: p95 < GOAL_MS,
        },
        {
          what: 'restarts that end with another book than the exchange',
          goal: '0',
          measured: String(wrong),
          n: times,
          kind: 'goal',
          met: wrong === 0,
        },
      ],
    };
  },
};
