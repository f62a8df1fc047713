import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAMILIES } from '#core/domain/strategy.ts';
import { createRng } from '#core/kernel/rng.ts';
import { REGIME_WINDOWS } from '#host/lab/family-study/windows.ts';
import { type FamilyStudyView, familyStudyView } from '#shared/contract/family-study.ts';
import { csvText } from '../support/candle-csv.ts';
import { openTestLab, type TestLab } from '../support/lab.ts';
import { tempFolder } from '../support/temp-folder.ts';

const FOUR_HOURS = 4 * 3_600_000;
const START = Date.UTC(2025, 3, 5);
const CANDLES = 1_150;
const folder = tempFolder('mt-families');
const data = join(folder.path, 'made.csv');

/** A made market over the last bull and crash windows of 2025. */
function rows(): readonly string[] {
  const rng = createRng(5);
  let price = 80_000;
  return Array.from({ length: CANDLES }, (_, i) => {
    const open = price;
    const drift = i % 120 < 40 ? -0.004 : 0.003;
    price = Math.max(1_000, price * Math.exp(drift + 0.012 * rng.normal()));
    const [o, c] = [open.toFixed(2), price.toFixed(2)];
    const high = (Math.max(Number(o), Number(c)) * (1 + 0.004 * rng.next()) + 0.01).toFixed(2);
    const low = (Math.min(Number(o), Number(c)) * (1 - 0.004 * rng.next()) - 0.01).toFixed(2);
    return [START + i * FOUR_HOURS, o, high, low, c, (500 + 500 * rng.next()).toFixed(2)].join(',');
  });
}

const made = rows();
const request = { market: { kind: 'file' as const, path: data }, interval: '4h' as const };
let lab: TestLab;
let first: FamilyStudyView;
beforeAll(async () => {
  writeFileSync(data, csvText(made));
  lab = openTestLab(folder.path);
  first = await lab.lab.measureFamilies({
    ...request,
    workers: 2,
    html: join(folder.path, 'f.html'),
    csv: join(folder.path, 'f.csv'),
    markdown: join(folder.path, 'f.md'),
  });
});
afterAll(async () => {
  await lab.close();
  folder.remove();
});
const playedOf = (view: FamilyStudyView) => view.families.filter(({ left }) => left === null);

describe('the report over the regimes of the past', () => {
  it('plays every family that needs no news, and says why it left the others out', () => {
    expect(familyStudyView.parse(first)).toEqual(first);
    expect(first.families.map(({ family }) => family)).toEqual([...FAMILIES]);
    expect(first.families.filter(({ left }) => left !== null).map(({ family }) => family)).toEqual([
      'sentiment',
      'news-reaction',
    ]);
    expect(first.families.find(({ family }) => family === 'sentiment')?.left).toContain('needs news');
    expect(first.tried).toBe(3 * playedOf(first).length);
    expect(first.runs).toBeGreaterThan(first.tried);
    const traded = playedOf(first).filter(({ configurations }) => configurations.some(({ trades }) => trades > 0));
    expect(traded.length).toBeGreaterThan(3);
  });

  it('plays the windows that the candles reach into, and holds them against buying and holding', () => {
    const end = START + CANDLES * FOUR_HOURS;
    const reached = REGIME_WINDOWS.filter(({ from, to }) => from < end && to > START);
    expect(reached.length).toBeGreaterThan(1);
    for (const { windows } of playedOf(first)) {
      expect(windows.map(({ kind }) => kind)).toEqual(reached.map(({ kind }) => kind));
      for (const { from, to, candles, held, results } of windows) {
        expect(candles).toBe((to - from) / FOUR_HOURS);
        const [opened, closed] = [made[(from - START) / FOUR_HOURS], made[(to - START) / FOUR_HOURS - 1]].map((row) =>
          (row ?? '').split(','),
        );
        expect(held).toBeCloseTo(Number(closed?.[4]) / Number(opened?.[1]) - 1, 10);
        expect(results).toHaveLength(3);
      }
    }
  });

  it('deflates for every configuration of every family, and tests where nothing was chosen', () => {
    for (const { best, folds, configurations } of playedOf(first)) {
      expect(folds.length).toBeGreaterThan(2);
      for (const [place, { from, to, chosen }] of folds.entries()) {
        expect(from).toBeGreaterThan(START + 0.15 * CANDLES * FOUR_HOURS);
        expect(to).toBeGreaterThan(from);
        expect(folds[place + 1]?.from ?? to).toBe(to);
        if (chosen !== null) expect(configurations[chosen]).toBeDefined();
      }
      if (best === null || !('value' in best.deflated) || !('value' in best.undeflated)) continue;
      expect(best.deflated.value).toBeLessThan(best.undeflated.value);
    }
    expect(playedOf(first).some(({ best }) => best !== null && 'value' in best.deflated)).toBe(true);
    // Counted for good, where later studies on these candles find them.
    for (const { family } of playedOf(first))
      expect(lab.store.configurations(first.dataHash, family).length, family).toBe(3);
  });

  it('writes one report in three forms', () => {
    expect(first.files.map(({ path }) => path).sort()).toEqual(
      ['f.csv', 'f.html', 'f.md'].map((name) => join(folder.path, name)),
    );
    const markdown = readFileSync(join(folder.path, 'f.md'), 'utf8');
    expect(markdown).toContain('## Walk-forward');
    expect(markdown).toContain('Sentiment was not played: it needs news');
    const csv = readFileSync(join(folder.path, 'f.csv'), 'utf8').trim().split('\n');
    expect(csv).toHaveLength(1 + playedOf(first).reduce((sum, { windows }) => sum + 3 * windows.length, 0));
    const html = readFileSync(join(folder.path, 'f.html'), 'utf8');
    expect(html).toContain('<h2>Summary</h2>');
    expect(html).not.toMatch(/<script|https?:\/\//);
  });

  it('comes to the same with one thread, and to less with higher costs', async () => {
    const only = ['dca', 'mean-reversion'];
    const again = await lab.lab.measureFamilies({ ...request, only, workers: 1 });
    const found = (view: FamilyStudyView) =>
      view.families
        .filter(({ family }) => only.includes(family))
        .map(({ windows, folds, configurations }) => ({ windows, folds, configurations }));
    expect(found(again)).toEqual(found(first));
    expect(again.tried).toBe(6);
    const dear = await lab.lab.measureFamilies({ ...request, only, feeBps: '60' });
    const sum = (view: FamilyStudyView): number =>
      found(view).reduce(
        (all, { windows }) =>
          all +
          windows.reduce(
            (part, { results: [usual] }) =>
              part + (usual !== undefined && 'value' in usual.totalReturn ? usual.totalReturn.value : 0),
            0,
          ),
        0,
      );
    expect(sum(dear)).toBeLessThan(sum(first));
  });

  it('refuses a family that there is not, and the readers of news alone', async () => {
    await expect(lab.lab.measureFamilies({ ...request, only: ['luck'] })).rejects.toThrow(/no strategy family "luck"/);
    await expect(lab.lab.measureFamilies({ ...request, only: ['sentiment'] })).rejects.toThrow(/needs news/);
  });

  it('does not write two files of one name', async () => {
    const name = join(folder.path, 'same');
    await expect(lab.lab.measureFamilies({ ...request, html: name, csv: name })).rejects.toThrow(
      /one name is given to two files/,
    );
  });
});

describe('the families that read news', () => {
  it('trade on a file of them and on nothing without, and count as other configurations', async () => {
    const news = join(folder.path, 'news.csv');
    const lines = Array.from({ length: 1_000 }, (_, i) => {
      const good = i % 120 < 60;
      const text = good
        ? `Bitcoin surges to a record high as adoption grows, gain number ${i}`
        : `Bitcoin plunges after a hack, losses mount, report ${i}`;
      return `${START + i * FOUR_HOURS},"${text}"`;
    });
    writeFileSync(news, `timestamp,text\n${lines.join('\n')}\n`);
    const only = ['sentiment'];
    const view = await lab.lab.measureFamilies({ ...request, only, instrument: 'BTC/USDT', news: [news] });
    const [row] = view.families;
    expect(row?.left).toBeNull();
    expect(row?.configurations.some(({ trades }) => trades > 0)).toBe(true);

    const ask = { ...request, instrument: 'BTC/USDT', strategy: 'sentiment', params: { minSources: 1, minTone: 0.05 } };
    const without = await lab.lab.backtest(ask);
    const informed = await lab.lab.backtest({ ...ask, news: [news] });
    expect(without.trades).toBe(0);
    expect(informed.trades).toBeGreaterThan(0);
    expect(informed.runHash).not.toBe(without.runHash);
    expect(informed.tried).toBeGreaterThan(without.tried);
    await expect(lab.lab.backtest({ ...request, strategy: 'sentiment', params: {}, news: [news] })).rejects.toThrow(
      /news need to know what is traded/,
    );
    await expect(lab.lab.backtest({ ...ask, news: [data] })).rejects.toThrow(/holds no news/);
  });
});
