import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bind, keyProblem } from '#shared/shortcuts/bindings.ts';
import { chordOf, isSingleKey, readKeys } from '#shared/shortcuts/keys.ts';
import { shortcutsPage } from '#shared/shortcuts/page.ts';
import { SHORTCUTS } from '#shared/shortcuts/table.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  chordOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('keys as they are written', () => {
  it.each([
    ['Ctrl+Shift+X', 'Ctrl+Shift+X'],
    ['Shift+Ctrl+x', 'Ctrl+Shift+X'],
    ['g  m', 'g m'],
    ['G', 'g'],
    ['Shift+F6', 'Shift+F6'],
    ['Ctrl+`', 'Ctrl+`'],
    ['Ctrl+Plus', 'Ctrl+Plus'],
  ])('%s is %s', (text, keys) => expect(readKeys(text)).toBe(keys));

  it.each(['', 'Ctrl+', 'Ctrl', 'Hyper+X', 'Ctrl+Ctrl+X', 'g m a', 'Ctrl+K m', 'word'])('%s is none', (text) =>
    expect(readKeys(text)).toBeNull(),
  );

  it('of a press are the same, with Command in place of Ctrl, and Shift only where it chooses no sign', () => {
    expect(press('X', { ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+X');
    expect(press('k', { metaKey: true })).toBe('Ctrl+K');
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press('F6', { shiftKey: true })).toBe('Shift+F6');
    expect(press('M')).toBe('m');
    expect(press(' ')).toBe('Space');
    expect(press('Control', { ctrlKey: true })).toBeNull();
  });
});

describe('the table of shortcuts', () => {
  it('is written as it is read, gives no keys twice, and none that begin another', () => {
    for (const { id, keys } of SHORTCUTS) {
      expect(readKeys(keys), id).toBe(keys);
      const problem = keyProblem(id, keys, bind({}).bindings);
      expect(problem === null || problem.code === 'fixed', id).toBe(true);
    }
    expect(new Set(SHORTCUTS.map(({ id }) => id)).size).toBe(SHORTCUTS.length);
  });

  it('lets no single key take risk', () => {
    for (const { id, keys, risk } of SHORTCUTS) expect(risk === true && isSingleKey(keys), id).toBe(false);
  });

  it('is what docs/shortcuts.md prints', () => {
    const page = resolve(import.meta.dirname, '../../../docs/shortcuts.md');
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, shortcutsPage());
    expect(readFileSync(page, 'utf8')).toBe(shortcutsPage());
  });
});

describe('keys of one’s own', () => {
  const keysOf = (remaps: Record<string, string>) =>
    Object.fromEntries(bind(remaps).bindings.map(({ shortcut, keys }) => [shortcut.id, keys]));

  it('take the place of the others, and may change places with them', () => {
    expect(keysOf({ 'go.market': 'g x' })['go.market']).toBe('g x');
    const swapped = bind({ 'go.market': 'g a', 'go.agents': 'g m' });
    expect(swapped.refused).toEqual([]);
    expect(keysOf({ 'go.market': 'g a', 'go.agents': 'g m' })).toMatchObject({
      'go.market': 'g a',
      'go.agents': 'g m',
    });
  });

  it.each([
    ['help', 'Ctrl+K', { code: 'taken', other: 'palette' }],
    ['help', 'g', { code: 'begins', other: 'go.command' }],
    ['help', '? x', null],
    ['spawn', 's', { code: 'risk' }],
    ['mode.full', '1', { code: 'risk' }],
    ['kill', 'Ctrl+J', { code: 'fixed' }],
    ['help', 'Ctrl+C', { code: 'reserved' }],
    ['help', 'Tab', { code: 'reserved' }],
    ['help', 'Ctrl+', { code: 'unreadable' }],
    ['go.moon', 'g z', { code: 'unknown' }],
  ] as const)('%s with %s', (id, keys, problem) => {
    expect(keyProblem(id, keys, bind({}).bindings)).toEqual(problem);
    const bound = bind({ [id]: keys });
    expect(bound.refused.map((one) => one.problem)).toEqual(problem === null ? [] : [problem]);
    // What cannot be given leaves every shortcut as it was.
    if (problem !== null) expect(bound.bindings).toEqual(bind({}).bindings);
  });
});
