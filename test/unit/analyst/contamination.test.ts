import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { askAbout } from '#core/analyst/analyst-prompt.ts';
import { assess } from '#core/analyst/assess.ts';
import { contaminationOf, contaminationStamp, estimateMemory } from '#core/analyst/contamination.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { buildContext } from '#core/context/build-context.ts';
import type { MarketContext } from '#core/context/types.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import { readSources } from '../../architecture/source-files.ts';
import { scriptedInference } from '../../support/scripted-inference.ts';
import * as fc from '../../support/seeded-check.ts';
import { scaled, snapshotOf, walkCandles } from '../../support/snapshots.ts';

const prompt = { id: 'analyst-system', version: 1, text: 'Label the market.', hash: sha256('prompt') };
const DAY = 86_400_000;
const questionAbout = (context: MarketContext, masked: boolean): string => {
  const question = askAbout(context, prompt, 1, masked);
  if (question === undefined) throw new Error('nothing to ask');
  return `${question.request.system}\n${question.request.user}`;
};
const walks = (count: number): readonly MarketContext[] =>
  Array.from({ length: count }, (_, seed) => buildContext(sha256, snapshotOf(walkCandles(320, seed + 100))));

describe('row 8: a model may know the future', () => {
  it('stamps everything that begins before its cut-off, and everything where none is declared', () => {
    const cutoff = Date.parse('2024-06-30T00:00:00Z');
    fc.assert(
      fc.property(fc.integer({ min: -4000 * DAY, max: 700 * DAY }), (offset) => {
        const from = unixMs(cutoff + offset);
        const known = contaminationOf('2024-06-30', from, false);
        expect(contaminationStamp(known) === undefined).toBe(offset >= DAY);
        expect(contaminationStamp(contaminationOf('unknown', from, false))).toContain('model may remember');
        expect(contaminationStamp(contaminationOf('2024-13-45', from, false))).toContain('model may remember');
        expect(contaminationStamp(contaminationOf('unknown', from, true))).toBeUndefined();
      }),
    );
  });

  it('stamps the assessment of every question, and none where nobody was asked', async () => {
    const [context] = walks(1);
    if (context === undefined) throw new Error('no context');
    const by = (cutoff: string | undefined, madeHere = false) =>
      assess({
        context,
        judgeByRules,
        model: {
          inference: scriptedInference(['?']),
          prompt,
          deadlineMs: 9,
          ...(cutoff === undefined ? {} : { cutoff }),
        },
        seed: 1,
        digest: sha256,
        madeHere,
      });
    expect((await by(undefined)).contamination).toEqual({ cutoff: 'unknown', verdict: 'may_remember' });
    expect((await by('2031-01-01')).contamination?.verdict).toBe('may_remember');
    expect((await by('2001-01-01')).contamination?.verdict).toBe('after_cutoff');
    expect((await by('2031-01-01', true)).contamination?.verdict).toBe('made_here');
    const alone = await assess({ context, judgeByRules, model: undefined, seed: 1, digest: sha256 });
    expect(alone.contamination).toBeUndefined();
  });

  it('no back-test asks a model, so that none can be flattered by one', () => {
    const sources = readSources('src').filter(({ path }) => /^src\/(core\/backtest|host\/lab)\//.test(path));
    expect(sources.length).toBeGreaterThan(20);
    const asking = /(model-analyst|analyst\/assess|ports\/inference|host\/models|inference-process)/;
    expect(
      sources.filter(({ imports }) => imports.some(({ target }) => asking.test(target))).map(({ path }) => path),
    ).toEqual([]);
  });

  it('shows the model no ticker, no date and no price, masked or not: other names, years and prices ask the same', () => {
    const candles = walkCandles(320, 7);
    const plain = buildContext(sha256, snapshotOf(candles));
    const tenYears = 3650 * DAY;
    const moved = scaled(candles, 1024).map((candle) => ({
      ...candle,
      openTime: unixMs(candle.openTime + tenYears),
      closeTime: unixMs(candle.closeTime + tenYears),
    }));
    const elsewhere = buildContext(sha256, snapshotOf(moved));
    for (const masked of [false, true]) {
      expect(questionAbout({ ...elsewhere, instrumentId: 'DOGE/EUR.X' as never }, masked)).toBe(
        questionAbout(plain, masked),
      );
      expect(questionAbout(plain, masked)).not.toMatch(/BTC|USDT|\b(19|20)\d\d\b|\d{4}-\d{2}/);
    }
  });

  it('masking leaves the readings and takes every number that was measured', () => {
    for (const context of walks(20)) {
      const [open, masked] = [questionAbout(context, false), questionAbout(context, true)];
      const lines = (text: string): readonly string[] => text.split('\n').filter((line) => /^F\d/.test(line));
      expect(lines(masked)).toHaveLength(lines(open).length);
      for (const [index, line] of lines(masked).entries()) {
        const full = lines(open)[index] ?? '';
        const reading = /\(([^()]*)\)$/.exec(full)?.[1] ?? 'none';
        const [id, label] = [line.slice(0, 3), line.slice(4, line.lastIndexOf(':'))];
        expect(full.startsWith(`${id} ${label} = `)).toBe(true);
        // After the label there are words alone.
        expect(line.slice(line.lastIndexOf(':') + 1).trim()).toBe(reading);
        expect(reading).not.toMatch(/\d/);
      }
    }
  });

  it('a model that remembers a planted series loses its edge when the numbers are hidden, and the estimate says so', async () => {
    const contexts = walks(60);
    const rng = createRng(5);
    const future = contexts.map(() => (rng.integer(2) === 0 ? 'ranging' : 'volatile'));
    // The exact numbers of a moment are all that it ever learned.
    const remembered = new Map(contexts.map((context, index) => [questionAbout(context, false), future[index]]));
    const guess = createRng(6);
    const inference = scriptedInference([
      ({ system, user }) => remembered.get(`${system}\n${user}`) ?? (guess.integer(2) === 0 ? 'ranging' : 'volatile'),
    ]);
    const right = async (masked: boolean): Promise<readonly boolean[]> => {
      const found: boolean[] = [];
      for (const [index, context] of contexts.entries()) {
        const request = askAbout(context, prompt, 1, masked)?.request;
        const reply = request === undefined ? undefined : await inference.ask(request, 100);
        found.push(reply?.kind === 'answer' && reply.text === future[index]);
      }
      return found;
    };
    const [open, masked] = [await right(false), await right(true)];
    const estimate = estimateMemory(open.map((isRight, index) => ({ open: isRight, masked: masked[index] ?? false })));
    expect(estimate.openRight).toBe(contexts.length);
    expect(estimate.maskedRight).toBeLessThan(0.75 * contexts.length);
    expect(estimate).toMatchObject({ verdict: 'memory', n: contexts.length });
  });

  it('accuses nobody who is as good without the numbers, and says when there is too little to tell', () => {
    const rng = createRng(9);
    let accused = 0;
    for (let run = 0; run < 400; run++) {
      const pairs = Array.from({ length: 80 }, () => ({ open: rng.next() < 0.6, masked: rng.next() < 0.6 }));
      if (estimateMemory(pairs).verdict === 'memory') accused++;
    }
    expect(accused / 400).toBeLessThanOrEqual(0.025);
    expect(estimateMemory([{ open: true, masked: false }]).verdict).toBe('too_few');
    expect(estimateMemory([]).verdict).toBe('too_few');
  });
});
