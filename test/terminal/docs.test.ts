import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandName } from '#shared/commands/command.ts';
import { commands } from '#shared/commands/registry.ts';
import { usageOf } from '#shared/commands/usage.ts';
import { EXIT } from '../../src/terminal/failure.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/terminal.md'), 'utf8');
/** Of an answer, or of each answer that a command may give. */
const fieldsOf = (output: z.ZodType): readonly string[] =>
  output instanceof z.ZodUnion
    ? output.options.flatMap((option) => fieldsOf(option as z.ZodType))
    : Object.keys((output as z.ZodObject).shape);
const rowOf = (start: string): string => page.split('\n').find((row) => row.startsWith(start)) ?? '';

describe('docs/terminal.md', () => {
  it.each(commands.map((command) => [commandName(command), command] as const))('tells of mt %s', (name, command) => {
    expect(rowOf(`| \`${usageOf(command)}\``)).toMatch(new RegExp(`\\| ${command.risk} \\|$`));
    expect(rowOf(`| ${name} |`)).not.toBe('');
  });

  it.each([
    'spawn',
    'analyse',
    'agents',
    'agent.why',
    'import',
    'audit.verify',
    'audit.status',
    'audit.export',
    'up',
    'kill',
    'version',
    'help',
  ] as const)('names every field that %s answers', (id) => {
    const command = commands.find((candidate) => candidate.id === id);
    if (command === undefined) throw new Error(`no command ${id}`);
    const row = rowOf(`| ${commandName(command)} |`);
    for (const field of fieldsOf(command.output)) expect(row).toContain(`\`${field}\``);
  });

  it('explains every exit code', () => {
    for (const code of Object.values(EXIT)) expect(page).toMatch(new RegExp(`^\\| ${code} \\| `, 'm'));
  });
});
