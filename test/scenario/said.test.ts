import { afterEach, describe, expect, it } from 'vitest';
import { english } from '#shared/i18n/en/words.ts';
import { pseudoWords } from '#shared/i18n/pseudo.ts';
import { createSaidReader } from '#shared/said/read-said.ts';
import { createWording } from '#shared/said/word-said.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let running: TestEngine | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const read = createSaidReader(english.said);
/** A language in brackets: what stands outside of them was left as it was. */
const word = createWording(pseudoWords(english.said) as typeof english.said);

/** Fields whose text the engine writes and the window words. */
const FIELDS = /^(?:reason|reasons|why|detail|remedy|effect|verdictReason|retiredWhy|label|text|basis|value)$/;

/** Every text of such a field anywhere in an answer. */
function textsIn(answer: unknown, field = ''): readonly string[] {
  if (typeof answer === 'string') return FIELDS.test(field) && /[a-z] [a-z]/i.test(answer) ? [answer] : [];
  if (Array.isArray(answer)) return answer.flatMap((one) => textsIn(one, field));
  if (answer === null || typeof answer !== 'object') return [];
  return Object.entries(answer).flatMap(([name, below]) => textsIn(below, name));
}

/** What a master reads and nobody translates: a person's own words, and lines that a screen cut off. */
const cut = (text: string): boolean => text.endsWith('…');
const unknown = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].filter((text) => !cut(text) && read(text) === undefined && !word(text).includes('['));

describe('what the engine writes for people', () => {
  it('is known to the catalogue, from the press to the lesson, on the screens that show it first', async () => {
    running = await startTestEngine();
    const { handlers } = running.engine;
    const texts: string[] = [];
    for (let press = 0; press < 8; press += 1) {
      const view = await running.press(press % 3 === 2 ? { interval: '1h' } : {});
      texts.push(...textsIn(view));
    }
    texts.push(
      ...textsIn(await handlers['cycle.preflight']({ instrument: 'BTC/USDT' })),
      ...textsIn(await handlers['health.get']({})),
      ...textsIn(await handlers['setup.get']({})),
      ...textsIn(await handlers['portfolio.get']({})),
      ...textsIn(await handlers['mode.get']({})),
      ...textsIn(await handlers['alerts.list']({ limit: 100, unreadOnly: false })),
    );
    expect(texts.length).toBeGreaterThan(100);
    expect(unknown(texts)).toEqual([]);
  });
});
