import { type Command, commandName } from '#shared/commands/command.ts';
import { argsOf } from '#shared/commands/usage.ts';
import type { TypedLine } from '../../stores/terminal-line.ts';

/**
 * How a command goes into the terminal. Only what reads and needs nothing more is sent at once; everything else stands there until the
 * master presses Enter.
 */
export function lineOf(command: Command): TypedLine {
  const send = command.risk === 'read' && argsOf(command).every(({ required }) => !required);
  return { text: send ? commandName(command) : `${commandName(command)} `, send };
}
