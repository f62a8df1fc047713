import type { z } from 'zod';

/** What a command may do to money: look, only reduce risk, take risk, or change the system itself. */
export type Risk = 'read' | 'reduce' | 'increase' | 'admin';

/** A command as data. The terminal's parser, the help, the palette and the tests are all made from it. */
export type Command<Id extends string = string, Args extends z.ZodObject = z.ZodObject> = {
  readonly id: Id;
  /** As typed: `['agent', 'why']`. */
  readonly words: readonly string[];
  /** Shorter words for the same command: `[['close']]`. */
  readonly aliases?: readonly (readonly string[])[];
  /** One line, beginning with a verb. */
  readonly summary: string;
  /** More for the help page. */
  readonly detail?: string;
  readonly risk: Risk;
  /** Keys in camelCase; options are written in kebab-case (`feeBps` is `--fee-bps`). */
  readonly args: Args;
  readonly examples: readonly string[];
  /** What `--json` prints. */
  readonly output: z.ZodType;
};

/** Keeps the literal id and the exact arguments. */
export const command = <const Id extends string, Args extends z.ZodObject>(
  given: Command<Id, Args>,
): Command<Id, Args> => given;

/** `feeBps` becomes `fee-bps`. */
export const kebab = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `agent why`, for messages. */
export const commandName = ({ words }: Pick<Command, 'words'>): string => words.join(' ');
