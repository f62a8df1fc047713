import type { ArgsOf } from '#shared/commands/registry.ts';
import { commands } from '#shared/commands/registry.ts';
import { usageOf } from '#shared/commands/usage.ts';
import type { Run } from '../context.ts';
import { EXIT } from '../failure.ts';
import { helpPage } from '../program.ts';
import { line } from '../text/line.ts';

export const runVersion: Run<ArgsOf<'version'>> = async (_args, { output, place }) => {
  output.lines([line(place.version)]);
  output.answer({ version: place.version, node: process.versions.node });
  return EXIT.ok;
};

export const runHelp: Run<ArgsOf<'help'>> = async ({ command: words }, { output, place }) => {
  const page = helpPage(words, place.version);
  output.lines(
    page
      .trimEnd()
      .split('\n')
      .map((text) => line(text)),
  );
  const asked = commands.filter((command) => words.every((word, index) => command.words[index] === word));
  output.answer({
    commands: asked.map((command) => ({
      id: command.id,
      usage: usageOf(command),
      summary: command.summary,
      risk: command.risk,
    })),
  });
  return EXIT.ok;
};
