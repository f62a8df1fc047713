import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createSecretPrompt, type TerminalInput } from '../../../src/terminal/secrets/ask.ts';

/** A terminal whose keys the test presses. */
function terminal(isTTY = true) {
  const keys = new EventEmitter();
  const seen = { raw: false, shown: '', rawAtKey: [] as boolean[] };
  const input = Object.assign(keys, {
    isTTY,
    setRawMode: (raw: boolean) => {
      seen.raw = raw;
    },
    resume: () => undefined,
    pause: () => undefined,
  }) as unknown as TerminalInput;
  const prompt = createSecretPrompt(input, (text) => {
    seen.shown += text;
  });
  const press = (text: string): void => {
    seen.rawAtKey.push(seen.raw);
    keys.emit('data', Buffer.from(text));
  };
  return { prompt, press, seen, end: () => keys.emit('end') };
}

describe('asking for a secret', () => {
  it('takes what is typed without showing it, with the echo off only meanwhile', async () => {
    const { prompt, press, seen } = terminal();
    const answer = prompt.hidden('Passphrase');
    press('cor');
    press('rex\u007fct hörse🐴');
    press('\r');
    expect(await answer).toBe('correct hörse🐴');
    expect(seen.rawAtKey).toEqual([true, true, true]);
    expect(seen.raw).toBe(false);
    expect(seen.shown).toBe('Passphrase: \n');
  });

  it('forgets the line on Ctrl+U and takes only the first line of a paste', async () => {
    const { prompt, press } = terminal();
    const answer = prompt.hidden('Passphrase');
    press('wrong\u0015right\nmore');
    expect(await answer).toBe('right');
  });

  it.each(['\u0003', '\u0004'])('ends with a message on %j and gives the terminal back', async (key) => {
    const { prompt, press, seen } = terminal();
    const answer = prompt.hidden('Passphrase');
    press(`abc${key}`);
    await expect(answer).rejects.toMatchObject({ code: 'usage', message: 'nothing was typed' });
    expect(seen.raw).toBe(false);
  });

  it('ends when the terminal goes away', async () => {
    const { prompt, end } = terminal();
    const answer = prompt.hidden('Passphrase');
    end();
    await expect(answer).rejects.toMatchObject({ code: 'usage' });
  });

  it('asks nobody where there is no terminal, and says how to hand it in', async () => {
    const { prompt } = terminal(false);
    expect(prompt.interactive).toBe(false);
    await expect(prompt.hidden('Passphrase')).rejects.toMatchObject({ remedy: expect.stringContaining('--stdin') });
  });

  it('reads lines from standard input, and no flood', async () => {
    const first = terminal(false);
    const lines = first.prompt.lines();
    first.press('one\ntw');
    first.press('o\r\n');
    first.end();
    expect(await lines).toEqual(['one', 'two']);
    const second = terminal(false);
    const flood = second.prompt.lines();
    second.press('x'.repeat(70_000));
    await expect(flood).rejects.toMatchObject({ code: 'usage' });
  });
});
