import { describe, expect, it } from 'vitest';
import { commandName } from '#shared/commands/command.ts';
import { commands } from '#shared/commands/registry.ts';
import { argsOf } from '#shared/commands/usage.ts';
import { lineOf } from '../../../src/renderer/features/palette/command-line.ts';
import { completionOf } from '../../../src/terminal/console/completing.ts';

const nothingKnown = { agents: [], instruments: [] };
const named = commands.map((command) => [commandName(command), command] as const);

describe('every command of the registry', () => {
  it.each(named)('is completed after the colon: %s', (name) => {
    const { completions } = completionOf(nothingKnown, name.slice(0, -1));
    expect(completions.filter(({ label }) => label === name).map(({ line }) => line.trim())).toEqual([name]);
  });

  it.each(named)(
    'goes from the palette into the terminal as its words, and alone only when it reads: %s',
    (name, command) => {
      const { text, send } = lineOf(command);
      expect(text.trimEnd()).toBe(name);
      if (command.risk !== 'read') expect(send).toBe(false);
      if (argsOf(command).some(({ required }) => required)) expect(send).toBe(false);
    },
  );

  it('is sent at once exactly where it reads and lacks nothing', () => {
    const sent = commands.filter((command) => lineOf(command).send).map(commandName);
    expect(sent).toEqual(expect.arrayContaining(['status', 'health', 'agents', 'analyse', 'version']));
    for (const never of ['spawn', 'kill', 'resume', 'agent why', 'vault lock']) expect(sent).not.toContain(never);
  });
});
