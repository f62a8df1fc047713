import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '#core/kernel/fault.ts';
import { type Digest, hashOf } from '#core/kernel/ids.ts';
import type { PromptPart, PromptParts } from '#core/ports/prompt-parts.ts';

const FRONT_MATTER = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/;
const PLACEHOLDER = /\{\{([a-z][A-Za-z0-9]*)\}\}/g;

const headSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,60}$/, 'must be lowercase words joined by hyphens'),
  version: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a whole number from 1')
    .transform(Number),
  purpose: z.string().min(1),
  placeholders: z.string().transform((text) =>
    text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
});

/**
 * Reads every prompt part (`*.md`), the analyst's too, of a directory. Throws Fault `not_found` when the directory cannot be read or holds no part,
 * and `bad_data` naming the file when one is malformed: front matter, id unlike the file name, or placeholders that do not match.
 */
export function loadPromptParts(directory: string, digest: Digest): PromptParts {
  const parts = new Map<string, PromptPart>();
  for (const name of listParts(directory)) {
    parts.set(name.slice(0, -'.md'.length), parsePromptPart(name, readPart(directory, name), digest));
  }
  if (parts.size === 0)
    throw new Fault('not_found', `no prompt parts in ${directory}`, 'Install again, or point to the prompts folder.');
  return parts;
}

function listParts(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.md'))
      .sort();
  } catch {
    throw new Fault(
      'not_found',
      `cannot read the prompts folder ${directory}`,
      'Install again, or point to the prompts folder.',
    );
  }
}

function readPart(directory: string, name: string): string {
  try {
    return readFileSync(join(directory, name), 'utf8');
  } catch {
    throw new Fault('bad_data', `cannot read prompt part ${name}`, `Make ${name} readable, or restore it.`);
  }
}

/** Reads one part. Line endings are made `\n` first, so that a checkout on Windows has the same hashes. */
export function parsePromptPart(fileName: string, source: string, digest: Digest): PromptPart {
  const malformed = (what: string): Fault =>
    new Fault('bad_data', `prompt part ${fileName}: ${what}`, `Correct ${fileName}, or restore the original.`);
  const match = FRONT_MATTER.exec(source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
  if (match === null) throw malformed('must begin with front matter between two lines of ---');
  const [, headText = '', body = ''] = match;
  const head = headSchema.safeParse(parseHead(headText, malformed));
  if (!head.success) {
    const issue = head.error.issues[0];
    throw malformed(`front matter ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
  }
  const { id, version, purpose, placeholders } = head.data;
  if (`${id}.md` !== fileName) throw malformed(`its id is "${id}", unlike its file name`);
  const text = body.trim();
  if (text === '') throw malformed('has no text');
  checkPlaceholders(text, placeholders, malformed);
  const content = { id, version, purpose, placeholders, text };
  return { ...content, hash: hashOf(digest, 'prompt-part', content) };
}

/** `key: value` lines; nothing of YAML beyond that is needed. */
function parseHead(text: string, malformed: (what: string) => Fault): Record<string, string> {
  const entries = text.split('\n').map((line): [string, string] => {
    const match = /^([a-z]+):(?: (.*))?$/.exec(line.trimEnd());
    if (match === null) throw malformed(`cannot read the line "${line}"`);
    return [match[1] ?? '', (match[2] ?? '').trim()];
  });
  const repeated = entries.find(([key], index) => entries.findIndex(([other]) => other === key) !== index);
  if (repeated !== undefined) throw malformed(`says "${repeated[0]}" twice`);
  return Object.fromEntries(entries);
}

function checkPlaceholders(text: string, declared: readonly string[], malformed: (what: string) => Fault): void {
  const found = new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''));
  if (/\{\{|\}\}/.test(text.replace(PLACEHOLDER, ''))) throw malformed('has a malformed placeholder');
  const missing = declared.find((name) => !found.has(name));
  if (missing !== undefined) throw malformed(`declares {{${missing}}} but never uses it`);
  const undeclared = [...found].find((name) => !declared.includes(name));
  if (undeclared !== undefined) throw malformed(`uses {{${undeclared}}} without declaring it`);
}
