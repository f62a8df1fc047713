import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import type { Digest } from '#core/kernel/ids.ts';
import type { PromptPart } from '#core/ports/prompt-parts.ts';
import { parsePromptPart } from './load-prompt-parts.ts';

const FILE = 'analyst-system.md';

/** Reads the analyst's instructions from the prompts folder. Throws Fault `not_found` or `bad_data` naming the file. */
export function loadAnalystPrompt(directory: string, digest: Digest): PromptPart {
  let source: string;
  try {
    source = readFileSync(join(directory, FILE), 'utf8');
  } catch {
    throw new Fault(
      'not_found',
      `cannot read ${FILE} in ${directory}`,
      'Install again, or point to the prompts folder.',
    );
  }
  return parsePromptPart(FILE, source, digest);
}
