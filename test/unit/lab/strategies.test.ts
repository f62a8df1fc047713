import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REGIMES } from '#core/analyst/types.ts';
import { unixMs } from '#core/domain/ids.ts';
import { FAMILIES } from '#core/domain/strategy.ts';
import { chooseFamily, regimesOf } from '#core/spawner/choose-family.ts';
import { strategyHandlers } from '#host/handlers/strategies.ts';
import { strategyView } from '#shared/contract/strategies.ts';
import { familyName } from '#shared/format/names.ts';
import { newsAt } from '#test/support/ask-family.ts';
import { tapeOf } from '#test/support/candle-tapes.ts';
import { assessmentOf, contextOf } from '#test/support/spawn-inputs.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/strategies.md'), 'utf8');
const listed = strategyHandlers['strategies.list']({}) as Awaited<
  ReturnType<(typeof strategyHandlers)['strategies.list']>
>;
const chosen = (regime: (typeof REGIMES)[number], moment: Parameters<typeof chooseFamily>[2]): readonly string[] => {
  const choice = chooseFamily(assessmentOf(contextOf(), { regime, bias: 'long', confidence: 0.9 }), 0.5, moment);
  return choice.kind === 'none' ? [] : [choice.family, ...choice.others];
};
const news = newsAt(tapeOf([1, 2, 3]));

describe('the strategies that are listed', () => {
  it('are the families and the yardstick, as the contract has them', () => {
    expect(listed.map(({ name }) => name)).toEqual([...FAMILIES, 'sma-cross']);
    for (const one of listed) expect(strategyView.parse(one)).toEqual(one);
  });

  it('say what they need, how they buy and what they answer', () => {
    const of = (name: string) => listed.find((one) => one.name === name);
    expect(listed.filter(({ needs }) => needs === 'news').map(({ name }) => name)).toEqual([
      'sentiment',
      'news-reaction',
    ]);
    expect(listed.filter(({ parts }) => parts > 1).map(({ name, parts }) => [name, parts])).toEqual([['dca', 4]]);
    expect(of('sma-cross')?.regimes).toEqual([]);
    for (const name of FAMILIES) expect(of(name)?.regimes.length, name).toBeGreaterThan(0);
  });

  it.each(FAMILIES)('are explained in the documents: %s with every parameter and its bounds', (name) => {
    const one = listed.find((listing) => listing.name === name);
    const section = page.split('\n## ').find((text) => text.startsWith(`${familyName(name)}\n`)) ?? '';
    expect(section).toContain('Not when:');
    for (const { name: parameter, usual, least, most } of one?.parameters ?? []) {
      const row = section
        .split('\n')
        .find((text) => text.startsWith('|') && new RegExp(`\\b${parameter}\\b`).test(text));
      expect(row, parameter).toBeDefined();
      // Several parameters share a row: each column lists them in one order.
      const [names = '', usuals = '', bounds = ''] = (row ?? '')
        .split('|')
        .slice(1)
        .map((cell) => cell.trim());
      const place = names.split(', ').indexOf(parameter);
      expect([usuals.split(', ')[place], bounds.split(', ')[place]], parameter).toEqual([
        String(usual),
        `${least}..${most}`,
      ]);
    }
  });
});

describe('which families answer which judgement', () => {
  it('is none where the market falls, shakes or hardly trades', () => {
    for (const regime of ['trending_down', 'volatile', 'illiquid'] as const)
      expect(chosen(regime, { interval: '1m', news })).toEqual([]);
  });

  it('leaves scalping to short candles and the readers of news to where news are followed', () => {
    expect(chosen('ranging', { interval: '1h' })).toEqual(['mean-reversion', 'reversal', 'pattern-recognition']);
    expect(chosen('ranging', { interval: '5m' })).toContain('scalping');
    expect(chosen('trending_up', { interval: '1h' })).toEqual(['trend-following', 'dca', 'pattern-recognition']);
    expect(chosen('trending_up', { interval: '1h', news })).toEqual(
      expect.arrayContaining(['sentiment', 'news-reaction']),
    );
  });

  it('puts no family that needs news first, however good and fresh the event: words do not choose who trades', () => {
    const event = (tone: 'good' | 'bad', hours: number) => ({
      ...news,
      event: { tone, sources: 2, publishedAt: unixMs(news.asOf - hours * 3_600_000) },
    });
    for (const told of [event('good', 0), event('good', 6), event('good', 7), event('bad', 1)]) {
      expect(chosen('breakout', { interval: '1h', news: told })[0]).toBe('trend-following');
      expect(chosen('breakout', { interval: '1h', news: told })).toContain('news-reaction');
    }
  });

  it('gives every family at least one judgement that it answers', () => {
    for (const name of FAMILIES) {
      const regimes = regimesOf(name);
      expect(regimes.length, name).toBeGreaterThan(0);
      for (const regime of regimes) expect(chosen(regime, { interval: '5m', news })).toContain(name);
    }
    expect(REGIMES.filter((regime) => chosen(regime, { interval: '5m', news }).length > 0)).toHaveLength(3);
  });
});
