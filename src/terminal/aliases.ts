import { commands } from '#shared/commands/registry.ts';

/** Puts a command's own words in the place of an alias; options of the program may stand before it. */
export function withoutAlias(argv: readonly string[]): readonly string[] {
  let at = 0;
  while (argv[at]?.startsWith('-')) at += argv[at] === '--home' ? 2 : 1;
  const rest = argv.slice(at);
  for (const { words, aliases = [] } of commands) {
    const alias = aliases.find((candidate) => candidate.every((word, index) => rest[index] === word));
    if (alias !== undefined) return [...argv.slice(0, at), ...words, ...rest.slice(alias.length)];
  }
  return argv;
}
