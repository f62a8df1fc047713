import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FigureView } from '#shared/contract/lab-views.ts';
import type { ScorecardView, ScoreRowView } from '#shared/contract/scorecard.ts';
import { inOneLine, lineWidth, printable, textOf } from '../../src/terminal/text/line.ts';
import { scorecardLines } from '../../src/terminal/text/scorecard-lines.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { runMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-unknown-figures');
beforeAll(() => installedTerminal());
afterAll(() => folder.remove());

const tooFew: FigureView = { notEnough: { have: 3, need: 30, of: 'resolved calls' } };
const row = (kind: ScoreRowView['kind'], who: string): ScoreRowView => ({
  question: 'direction',
  who,
  kind,
  modelHash: null,
  n: 3,
  brier: tooFew,
  logLoss: tooFew,
  right: tooFew,
  versus: ['persistence', 'class prior', 'random', 'buy and hold', 'rules'].map((other) => ({
    other,
    difference: tooFew,
  })),
  calibration: [],
});
const card: ScorecardView = {
  resolved: 3,
  waiting: 0,
  from: 0,
  to: 1,
  horizonCandles: 24,
  rows: [row('rules', 'rules'), row('model', 'some-small-model-q8_0.gguf'), row('baseline', 'random')],
  authorities: [],
};

describe('what is not known', () => {
  it('is said in a scorecard without making it wider than a screen, and with its n', () => {
    const shown = scorecardLines(card);
    for (const one of shown) expect(lineWidth(one), textOf(one)).toBeLessThanOrEqual(120);
    const model = shown.map(textOf).find((text) => text.includes('some-small-model'));
    expect(model).toMatch(/not enough data .* 3$/);
  });

  it('is not a neutral tone and a low risk where no news were counted', async () => {
    const done = await runMt(['news', 'show', '--home', folder.path]);
    expect(done.code, done.stderr).toBe(0);
    expect(done.stdout).toMatch(/Tone +not known/);
    expect(done.stdout).toMatch(/Risk +not known/);
    expect(done.stdout).not.toContain('HEADLINE');
  });

  it('is not told of an address in the words of a library', async () => {
    const done = await runMt(['news', 'add', 'wire', '--name', 'wire', '--home', folder.path]);
    expect(done.stderr).toMatch(/^mt: URL "wire": is no web address\n {2}Remedy: /);
    expect(done.code).toBe(2);
  });

  it('breaks of an answer are spaces where it stands in one line', () => {
    expect(printable(inOneLine('{\n    "regime": "ranging",\r\n\t"bias": "none"\n}'))).toBe(
      '{ "regime": "ranging", "bias": "none" }',
    );
  });
});
