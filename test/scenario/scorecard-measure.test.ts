import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MeasurementSummary } from '#shared/contract/measurements.ts';
import { measureRequest } from '#shared/contract/scorecard.ts';
import { risingMarket, writeCsv } from '../support/candle-csv.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let test: TestEngine;
let path = '';
beforeEach(async () => {
  test = await startTestEngine();
  path = join(test.home, 'candles.csv');
  writeCsv(path, risingMarket().rows);
});
afterEach(() => test.close());

const measure = (more: { readonly every?: number; readonly moments?: number } = {}) =>
  Promise.resolve(
    test.engine.handlers['scorecard.measure'](
      measureRequest.parse({ interval: '1h', market: { kind: 'file', path }, every: 1, moments: 200, ...more }),
    ),
  );
const heard = (act: (summary: MeasurementSummary) => void = () => undefined): MeasurementSummary[] => {
  const all: MeasurementSummary[] = [];
  test.engine.events.subscribe('lab.measured', (summary) => {
    all.push(summary);
    act(summary);
  });
  return all;
};

describe('a measurement of the analysts', () => {
  it('tells how far it is, and is kept with its card for whoever asks', async () => {
    const told = heard();
    const card = await measure({ moments: 40 });
    const { handlers } = test.engine;
    const [summary] = await handlers['lab.measurements']({});
    expect(summary).toMatchObject({ kind: 'scorecard', state: 'completed', source: path, interval: '1h' });
    expect(summary?.progress).toEqual({ done: 40, planned: 40 });
    expect(told.map(({ progress }) => progress?.done ?? null)).toEqual([
      null,
      ...Array.from({ length: 41 }, (_, done) => done),
      40,
    ]);
    const id = summary?.id ?? '';
    expect((await handlers['lab.measurement']({ id })).scorecard).toEqual(card);
    await expect(async () => handlers['lab.report']({ id, as: 'html' })).rejects.toThrow('has no report');
  });

  it('plans no more moments than the record has room for', async () => {
    const card = await measure({ moments: 5_000, every: 10 });
    const [summary] = await test.engine.handlers['lab.measurements']({});
    expect(summary?.progress).toEqual({ done: card.resolved, planned: card.resolved });
  });

  it('is stopped at once by whoever asks, keeps no card, and lets the next one begin', async () => {
    const { handlers } = test.engine;
    let asked = false;
    heard(({ id, progress }) => {
      if (asked || progress?.done !== 4) return;
      asked = true;
      void handlers['lab.stopMeasurement']({ id });
    });
    await expect(measure()).rejects.toMatchObject({ code: 'refused', message: expect.stringMatching(/was stopped/) });
    const [stopped] = await handlers['lab.measurements']({});
    expect(stopped).toMatchObject({ state: 'canceled', cause: null, progress: { done: 4 } });
    expect((await handlers['lab.measurement']({ id: stopped?.id ?? '' })).scorecard).toBeNull();
    expect((await measure({ moments: 30 })).resolved).toBe(30);
  });

  it('is one at a time, and the refusal of a second names the first', async () => {
    let second: Promise<unknown> | undefined;
    heard(({ progress }) => {
      if (progress?.done === 2) second ??= measure().catch((refusal: unknown) => refusal);
    });
    await measure({ moments: 30 });
    const [{ id }] = (await test.engine.handlers['lab.measurements']({})) as [MeasurementSummary];
    expect(await second).toMatchObject({ code: 'refused', message: expect.stringContaining(id) });
  });
});
