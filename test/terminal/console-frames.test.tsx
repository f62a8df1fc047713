import { renderToString } from 'ink';
import { describe, expect, it } from 'vitest';
import { ConsoleScreen } from '../../src/terminal/console/app.tsx';
import { consoleLines, spokenLines } from '../../src/terminal/console/draw.ts';
import { KEYS } from '../../src/terminal/console/keys.ts';
import { lineWidth, textOf } from '../../src/terminal/text/line.ts';
import { withoutEscapes } from '../support/escapes.ts';
import { CONSOLE_STATES } from './console-states.ts';

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 100, rows: 30 },
  { columns: 140, rows: 44 },
] as const;

const state = (name: string) => {
  const made = CONSOLE_STATES[name];
  if (made === undefined) throw new Error(`no state ${name}`);
  return made();
};
const textAt = (name: string, columns = 140, rows = 44): string =>
  consoleLines(state(name), { columns, rows }).map(textOf).join('\n');

describe.each(SIZES)('the console at $columns x $rows', (size) => {
  it.each(Object.keys(CONSOLE_STATES))('draws %s as agreed', async (name) => {
    const drawn = renderToString(<ConsoleScreen state={state(name)} size={size} />, { columns: size.columns });
    await expect(withoutEscapes(drawn)).toMatchFileSnapshot(
      `../fixtures/terminal/console/${size.columns}x${size.rows}-${name.replace(' ', '-')}.txt`,
    );
  });
});

describe('the console', () => {
  const everySize = Array.from({ length: 14 }, (_, i) => ({ columns: 60 + i * 11, rows: 12 + ((i * 17) % 45) }));

  it.each(Object.keys(CONSOLE_STATES))('fills every window exactly and overflows none: %s', (name) => {
    for (const size of everySize) {
      for (const zoomed of [false, true]) {
        for (const scroll of [0, 1000]) {
          const lines = consoleLines({ ...state(name), zoomed, scroll }, size);
          expect(lines, `${size.columns}x${size.rows}`).toHaveLength(size.rows);
          for (const one of lines) expect(lineWidth(one), textOf(one)).toBe(size.columns);
        }
      }
    }
  });

  it('says which market, how the engine answers, and what time it is where', () => {
    const [header = ''] = textAt('busy').split('\n');
    expect(header).toMatch(/◧ SIMULATED.*mode semi.*equity 10,000\.42.*drawdown 0\.01.*● engine 12ms.*14:17:05 EAT $/);
    expect(textAt('silent').split('\n')[0]).toContain('✕ engine silent 7.4s');
    expect(textAt('halted').split('\n')[0]).toContain('HALTED');
    expect(textAt('locked').split('\n')[0]).toContain('LOCKED');
    expect(textAt('locked')).not.toContain('10,000');
  });

  it('keeps the selected agent in sight, whatever the height', () => {
    for (const rows of [24, 30, 44, 60]) expect(textAt('selected below', 120, rows)).toMatch(/▸ A-/);
    expect(textAt('filtered')).toContain('A-1f2e3d08');
    expect(textAt('filtered')).not.toContain('A-1f2e3d09 ');
  });

  it('shows nothing of a secret but how long it is', () => {
    expect(textAt('secret')).toContain('Passphrase: •••••••');
    expect(textAt('secret')).not.toContain('hunter2');
  });

  it('shows entry, stop and target on the chart', () => {
    for (const level of ['entry', 'stop', 'target']) expect(textAt('market')).toContain(level);
  });

  it('lists the keys of the panel that has the focus', () => {
    const keys = textAt('keys');
    for (const { does, where } of KEYS) {
      if (where === undefined || where === 'chart') expect(keys).toContain(does);
      else expect(keys).not.toContain(does);
    }
  });

  it('speaks in sentences to a screen reader, without a drawing', () => {
    for (const name of Object.keys(CONSOLE_STATES)) {
      const spoken = spokenLines(state(name)).map(textOf).join('\n');
      expect(spoken).not.toMatch(/[│╭╮╰╯─\u2800-\u28ff]/);
      expect(spoken).toContain('MASTER TRADER');
      expect(spoken).not.toContain('hunter2');
    }
  });
});
