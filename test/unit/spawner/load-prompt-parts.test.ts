import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPromptParts, parsePromptPart } from '#adapters/prompts/load-prompt-parts.ts';
import { REGIMES } from '#core/analyst/types.ts';
import { FAMILIES } from '#core/domain/strategy.ts';
import { PROMPTS, sha256 } from '#test/support/spawn-inputs.ts';

const HEAD = '---\nid: role\nversion: 2\npurpose: Says who.\nplaceholders: instrument\n---\n';
const GOOD = `${HEAD}\nFor {{instrument}}.\n`;

describe('prompt parts on disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prompts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('that the product ships are all well formed', () => {
    const parts = loadPromptParts(PROMPTS, sha256);
    expect([...parts.keys()]).toEqual(
      expect.arrayContaining(['role', 'never-do', 'limits', 'memory', ...FAMILIES.map((name) => `family-${name}`)]),
    );
    expect([...parts.keys()].filter((id) => id.startsWith('regime-')).length).toBeLessThanOrEqual(REGIMES.length);
    expect(new Set([...parts.values()].map((part) => part.hash)).size).toBe(parts.size);
  });

  it('are read with their version, placeholders and a hash over all of it', () => {
    writeFileSync(join(folder, 'role.md'), GOOD);
    const part = loadPromptParts(folder, sha256).get('role');
    expect(part).toMatchObject({
      id: 'role',
      version: 2,
      purpose: 'Says who.',
      placeholders: ['instrument'],
      text: 'For {{instrument}}.',
    });
    const edited = parsePromptPart('role.md', GOOD.replace('For', 'About'), sha256);
    expect(edited.hash).not.toBe(part?.hash);
    expect(parsePromptPart('role.md', GOOD.replace('version: 2', 'version: 3'), sha256).hash).not.toBe(part?.hash);
  });

  it('have the same hash with the line endings of Windows', () => {
    const windows = parsePromptPart('role.md', `\uFEFF${GOOD.replaceAll('\n', '\r\n')}`, sha256);
    expect(windows.hash).toBe(parsePromptPart('role.md', GOOD, sha256).hash);
  });

  it('of the analyst are read and checked like any other', () => {
    writeFileSync(join(folder, 'role.md'), GOOD);
    writeFileSync(join(folder, 'analyst-system.md'), 'no front matter at all');
    expect(() => loadPromptParts(folder, sha256)).toThrow(/analyst-system\.md: must begin with front matter/);
  });

  it.each([
    ['no front matter', 'For {{instrument}}.', /must begin with front matter/],
    ['an unknown key', GOOD.replace('purpose:', 'author:'), /author|purpose/],
    ['a version of 0', GOOD.replace('version: 2', 'version: 0'), /version/],
    ['a missing id', GOOD.replace('id: role\n', ''), /id/],
    ['a repeated key', GOOD.replace('version: 2', 'version: 2\nversion: 3'), /"version" twice/],
    ['an id unlike its file', GOOD.replace('id: role', 'id: rule'), /unlike its file name/],
    ['no text', HEAD, /has no text/],
    [
      'an undeclared placeholder',
      GOOD.replace('For', 'For {{interval}}'),
      /uses \{\{interval\}\} without declaring it/,
    ],
    [
      'a declared placeholder it never uses',
      GOOD.replace('{{instrument}}', 'us'),
      /declares \{\{instrument\}\} but never uses it/,
    ],
    ['a placeholder with spaces', GOOD.replace('{{instrument}}', '{{ instrument }}'), /malformed placeholder/],
    ['an open brace', GOOD.replace('{{instrument}}', '{{instrument}} {{'), /malformed placeholder/],
  ])('with %s are refused with the name of the file', (_what, source, why) => {
    writeFileSync(join(folder, 'role.md'), source);
    expect(() => loadPromptParts(folder, sha256)).toThrow(why);
    expect(() => loadPromptParts(folder, sha256)).toThrow(/role\.md/);
  });

  it('that are absent are named as such', () => {
    expect(() => loadPromptParts(join(folder, 'nowhere'), sha256)).toThrow(/cannot read the prompts folder/);
    expect(() => loadPromptParts(folder, sha256)).toThrow(/no prompt parts/);
  });
});
