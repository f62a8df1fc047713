import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appContract } from '#shared/contract/app-contract.ts';
import { fieldNames } from '../support/field-names.ts';
import { ROOT, readSources } from './source-files.ts';

const sources = readSources('src');

describe('nothing readable reaches the disk', () => {
  it("because no part starts Electron's crash reporter", () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter(({ text }) => /\bcrashReporter\b/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('because the only session of the page lives in memory', () => {
    const users = sources.filter(({ text }) => /fromPartition\(|session\.defaultSession/.test(text));
    expect(users.map(({ path }) => path)).toEqual(['src/main/harden.ts']);
    // A name that begins with persist: would be kept on the disk.
    expect(users[0]?.text).toContain("fromPartition('mt')");
  });

  it('because every entry forbids core dumps before it opens anything', () => {
    for (const entry of ['src/main/index.ts', 'src/terminal/mt.ts']) {
      expect(readFileSync(join(ROOT, entry), 'utf8'), entry).toMatch(/^forbidCoreDumps\(\);$/m);
    }
    expect(readFileSync(join(ROOT, 'scripts/start.mjs'), 'utf8')).toContain('ulimit -c 0');
  });
});

describe('secrets go one way', () => {
  it('because no answer and no event of the contract has a field for one', () => {
    const secret = /: .*(pass(word|phrase)|secret|api.?key|recovery.?code|private)/i;
    const answers = Object.entries(appContract).flatMap(([name, entry]) =>
      fieldNames(entry.kind === 'call' ? entry.output : entry.payload).map((field) => `${name}: ${field}`),
    );
    expect(answers.length).toBeGreaterThan(300);
    expect(answers.filter((field) => secret.test(field))).toEqual([]);
    const inputs = Object.entries(appContract).flatMap(([name, entry]) =>
      entry.kind === 'call' ? fieldNames(entry.input).map((field) => `${name}: ${field}`) : [],
    );
    expect(inputs.filter((field) => secret.test(field))).toContain('keys.put: secret');
  });
});
