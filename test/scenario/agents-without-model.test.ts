import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { forkNodeWorker } from '#host/fork-node-worker.ts';
import type { WorkerLike } from '#host/worker-like.ts';
import type { AuditRecord } from '#shared/contract/audit.ts';
import { isAlive, QUIET } from '../support/llama.ts';
import { latestDecision } from '../support/recount-reservations.ts';
import { scriptedModelFile } from '../support/scripted-worker.ts';
import { generatedStretches, resourcesWith } from '../support/side-by-side.ts';
import { keepTrading, openTenAgents, type TenAgents } from '../support/ten-agents.ts';

const AGENTS = 10;
/** One less than the crashes after which a model is not started again: it would be another run then. */
const KILLS = 4;
const WORKER = resolve(import.meta.dirname, '../support/stub-model.ts');

const resources = resourcesWith(AGENTS);
afterAll(() => resources.remove());
let running: TenAgents | undefined;
afterEach(async () => {
  await running?.test.close();
  running = undefined;
});

/** Plays the same hours with the same model; kills its process that often, at moments of chance. */
async function play(kills: number) {
  const workers: WorkerLike[] = [];
  const rng = createRng(11).fork('kills');
  const ten = await openTenAgents({
    tapes: generatedStretches(resources.file, 2, 5),
    interval: '5m',
    historyDays: 1,
    limits: { maxAgents: AGENTS, maxOpenRisk: '0.02', maxOrderFraction: '0.15' },
    engine: {
      resources: resources.path,
      model: scriptedModelFile(resources.path),
      forkWorker: () => {
        const worker = forkNodeWorker(WORKER, QUIET);
        workers.push(worker);
        return worker;
      },
    },
  });
  running = ten;
  let killed = 0;
  let killing = false;
  const killSoon = async (ms: number): Promise<void> => {
    killing = true;
    await sleep(ms);
    const alive = workers.findLast(({ pid }) => pid !== undefined && isAlive(pid));
    if (alive !== undefined && killed < kills) {
      killed += 1;
      alive.kill();
    }
    killing = false;
  };
  const onStarted = (): void => {
    // Somewhere in the thinking that each press begins; about every third.
    if (killing || rng.next() > 0.35) return;
    void killSoon(rng.next() * 150);
  };
  await keepTrading(ten, resources.symbols, { until: ten.market.clock.now() + 75 * 60_000, pause: 4, onStarted });
  const records = await ten.test.records();
  await ten.test.close();
  running = undefined;
  return { records, killed, started: workers.length };
}

const ORDERS = /^(order\.|risk\.|agent\.(spawned|decided|retired)|ledger\.)/;
/**
 * Of two cycles that end in the moment in which a third begins, the third knows the lesson of the one that was quicker. So what it was told of lessons,
 * and the hash over it, is left out of the comparison; all that it may do and did stays in.
 */
const withoutLessons = (payload: string): string => {
  const { spec, ...rest } = JSON.parse(payload);
  const { instructions, lessons, hash, ...decided } = spec;
  expect([typeof instructions, Array.isArray(lessons), typeof hash]).toEqual(['string', true, 'string']);
  return JSON.stringify({ ...rest, spec: decided });
};
const ordersOf = (records: readonly AuditRecord[]): readonly string[] =>
  records
    .filter(({ type }) => ORDERS.test(type))
    .map(
      ({ cycle, ts, type, payload }) =>
        `${cycle} ${ts} ${type} ${type === 'agent.spawned' ? withoutLessons(payload) : payload}`,
    );
const outcomesOf = (records: readonly AuditRecord[]): readonly string[] =>
  records
    .filter(({ type }) => type === 'analyst.assessed')
    .map(({ payload }) => JSON.parse(payload).assessment.model.kind);

describe('ten agents whose model is killed at random', () => {
  it('send the same orders, with the same records, as those whose model was left alone', async () => {
    const calm = await play(0);
    const rough = await play(KILLS);
    const told = (records: readonly AuditRecord[]): string => {
      const all = outcomesOf(records);
      return [...new Set(all)].map((kind) => `${kind} ${all.filter((one) => one === kind).length}`).join(', ');
    };
    console.log(
      `${outcomesOf(calm.records).length} judgements, ${ordersOf(calm.records).length} records of orders; ` +
        `left alone: ${told(calm.records)}; killed ${rough.killed} times, started ${rough.started} times: ${told(rough.records)}`,
    );
    expect(rough.killed).toBe(KILLS);
    expect(rough.started).toBeGreaterThan(calm.started);
    expect(outcomesOf(rough.records)).toContain('failed');
    // Where the model's answer counts for nothing its end must change nothing.
    expect([...outcomesOf(calm.records), ...outcomesOf(rough.records)]).not.toContain('used');
    expect(ordersOf(calm.records).filter((text) => text.includes(' order.filled ')).length).toBeGreaterThan(1);
    expect(ordersOf(rough.records)).toEqual(ordersOf(calm.records));
    expect([latestDecision(calm.records), latestDecision(rough.records)]).toEqual([0, 0]);
  });
});
