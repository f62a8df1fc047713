import { describe, expect, it } from 'vitest';
import { appContract } from '#shared/contract/app-contract.ts';
import { english } from '#shared/i18n/en/words.ts';
import { readSources } from './source-files.ts';

/**
 * Keys that are put together while the product runs. One level below an area they could be anything, so these say what they become; deeper
 * ones mean their whole group, as `alerts.kinds.${kind}.title` means every kind.
 */
const BECOMES: Readonly<Record<string, readonly string[]>> = {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the keys as the sources write them
  'agents.${told}': ['agents.retired', 'agents.released'],
  'approvals.${kind}': ['approvals.entry', 'approvals.brief'],
  'choose.${field}': ['choose.budget', 'choose.risk', 'choose.dayLoss', 'choose.candles'],
  'setup.${state}': ['setup.ok', 'setup.look'],
  'vault.${state}.title': ['vault.sealed.title', 'vault.locked.title', 'vault.changing.title'],
  'vault.${state}.text': ['vault.sealed.text', 'vault.locked.text', 'vault.changing.text'],
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
};

/** Groups that are read whole. */
const WHOLE = ['states.remedies', 'names', 'said'] as const;

const AREAS = Object.keys(english);
const CALLS = new Set(Object.keys(appContract));
const HOLE = /\$\{[^}]*\}/g;

const leavesOf = (words: object, path = ''): readonly string[] =>
  Object.entries(words).flatMap(([name, below]) => {
    const key = path === '' ? name : `${path}.${name}`;
    return typeof below === 'string' ? [key] : leavesOf(below as object, key);
  });

const text = readSources('src')
  .filter(({ path }) => !path.startsWith('src/shared/i18n/'))
  .map((source) => source.text)
  .join('\n');

/** Each kind of quotation mark by itself: one stands inside the other where a sentence holds an asked-for word. */
const MARKS = [/'([\w.-]+(?: [\w.-]+)*)'/g, /"([\w.-]+)"/g, /`((?:[\w. -]|\$\{[^}`]*\})+)`/g] as const;
/** What stands in quotation marks and begins with an area's name. */
const quoted = [...new Set(MARKS.flatMap((mark) => [...text.matchAll(mark)].map((match) => match[1] ?? '')))]
  .filter((key) => key.includes('.') && AREAS.includes(key.slice(0, key.indexOf('.'))))
  // Calls of the engine are named alike. One that is a word as well counts where a line asks for it as one.
  .filter((key) => !CALLS.has(key) || new RegExp(`\\bt\\(.*'${key.replace('.', '\\.')}'`).test(text));

const keys = leavesOf(english);
/** Plurals are one word. */
const plain = (key: string): string => key.replace(/_(?:one|other)$/, '');
const known = new Set(keys.map(plain));
const made = quoted.filter((key) => key.includes('${') && !/^\w+\.\$\{(?:string|action)\}$/.test(key));
const pattern = (key: string): RegExp =>
  new RegExp(
    `^${key
      .split(HOLE)
      .map((part) => part.replaceAll('.', '\\.'))
      .join('[^.]+')}(?:\\.|$)`,
  );

describe('the catalogue of words', () => {
  it('says of every key that is put together one level below an area what it becomes', () => {
    const open = made.filter((key) => /^\w+\.\$\{/.test(key) && !WHOLE.some((group) => key.startsWith(`${group}.`)));
    expect(open.sort()).toEqual(Object.keys(BECOMES).sort());
    expect(
      Object.values(BECOMES)
        .flat()
        .filter((key) => !known.has(key)),
    ).toEqual([]);
  });

  it('holds no word that nothing asks for', () => {
    expect(keys.length).toBeGreaterThan(1500);
    const asked = new Set([...quoted, ...Object.values(BECOMES).flat()]);
    const patterns = made.filter((key) => !Object.hasOwn(BECOMES, key)).map(pattern);
    const used = (key: string): boolean =>
      asked.has(key) ||
      WHOLE.some((group) => key.startsWith(`${group}.`)) ||
      patterns.some((one) => one.test(key)) ||
      key.split('.').some((_, depth, parts) => depth > 1 && asked.has(parts.slice(0, depth).join('.')));
    expect([...known].filter((key) => !used(key))).toEqual([]);
  });

  it('has every key that is asked for', () => {
    const asked = [...text.matchAll(/\bt\(\s*(['"`])([\w-]+(?:\.(?:[\w -]|\.|\$\{[^}]*\})+)+)\1/g)].map(
      (match) => match[2] ?? '',
    );
    expect(asked.length).toBeGreaterThan(800);
    const there = [...known];
    const missing = asked.filter((key) => {
      if (Object.hasOwn(BECOMES, key)) return false;
      return key.includes('${')
        ? !there.some((one) => pattern(key).test(one))
        : !there.some((one) => one === key || one.startsWith(`${key}.`));
    });
    expect(missing).toEqual([]);
  });
});
