import { describe, expect, it } from 'vitest';
import type { Hash } from '#core/domain/ids.ts';
import type { PromptPart } from '#core/ports/prompt-parts.ts';
import { briefPromptOf } from '#host/agent-prompt.ts';

const part = (id: string, text: string, hash = text): PromptPart => ({
  id,
  version: 1,
  purpose: '',
  placeholders: [],
  text,
  hash: hash as Hash,
});
const partsOf = (...parts: readonly PromptPart[]) => new Map(parts.map((one) => [one.id, one]));
const shipped = partsOf(part('head', 'Trade {{market}}.'), part('rules', 'Hold when in doubt.'), part('other', 'x'));
const spec = {
  instructions: 'Trade BTC.\n\nHold when in doubt, and on Fridays.\n',
  promptParts: [
    { id: 'head', version: 1, hash: 'Trade {{market}}.' },
    { id: 'rules', version: 2, hash: 'edited' },
  ],
};
const changed = (lines: readonly { readonly kind: string; readonly text: string }[] | null) =>
  lines?.filter(({ kind }) => kind !== 'same').map(({ kind, text }) => `${kind === 'added' ? '+' : '-'}${text}`);

describe('what an agent would be told while its brief waits', () => {
  it('is laid beside what ships, and beside what the master made of it, which keeps his own words out of the difference', () => {
    const edited = partsOf(...shipped.values(), part('rules', 'Hold when in doubt, and on Fridays.', 'edited'));
    const prompt = briefPromptOf(spec, { parts: edited, shipped });
    expect(changed(prompt.template)?.toSorted()).toEqual([
      '+Hold when in doubt, and on Fridays.',
      '+Trade BTC.',
      '-Hold when in doubt.',
      '-Trade {{market}}.',
    ]);
    expect(changed(prompt.edited)?.toSorted()).toEqual(['+Trade BTC.', '-Trade {{market}}.']);
    expect(prompt.parts.map(({ current }) => current)).toEqual([true, true]);
  });

  it('has nothing of the master beside it where none of its own parts was edited, and says which part changed while it waited', () => {
    const elsewhere = partsOf(...shipped.values(), part('other', 'y'));
    const prompt = briefPromptOf(spec, { parts: elsewhere, shipped });
    expect(prompt.edited).toBeNull();
    expect(prompt.parts.map(({ current }) => current)).toEqual([true, false]);
  });
});
