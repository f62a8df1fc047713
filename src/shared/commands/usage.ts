import type { z } from 'zod';
import { type Command, commandName, kebab } from './command.ts';
import { type ArgInfo, argInfo } from './fields.ts';

/** One argument with the key of its value. */
export type Arg = ArgInfo & { readonly key: string; readonly required: boolean };

/** The arguments of a command in the order they are declared. Throws TypeError on one that nobody described: that is a bug. */
export function argsOf({ id, args }: Pick<Command, 'id' | 'args'>): readonly Arg[] {
  return Object.entries(args.shape as Readonly<Record<string, z.ZodType>>).map(([key, schema]) => {
    const info = argInfo.get(schema);
    if (info === undefined) throw new TypeError(`the argument ${key} of ${id} is not described`);
    return { ...info, key, required: !schema.safeParse(undefined).success };
  });
}

/** How an argument is called in messages: `--fee-bps`, or `FILE` for one given by place. */
export const argName = ({ kind, key, value }: Arg): string =>
  kind === 'option' || kind === 'repeated' || kind === 'switch' ? `--${kebab(key)}` : (value ?? key.toUpperCase());

/** `mt import FILE --instrument INSTRUMENT --interval INTERVAL`. */
export function usageOf(command: Command): string {
  const args = argsOf(command);
  const places = args
    .filter(({ kind }) => kind === 'positional' || kind === 'words')
    .map((arg) => {
      const name = arg.kind === 'words' ? `${argName(arg)}...` : argName(arg);
      return arg.required ? name : `[${name}]`;
    });
  const needed = args.filter(({ kind, required }) => kind === 'option' && required);
  const rest = args.some(({ kind, required }) => kind !== 'positional' && kind !== 'words' && !required);
  return [
    'mt',
    commandName(command),
    ...places,
    ...needed.map((arg) => `${argName(arg)} ${arg.value ?? ''}`),
    ...(rest ? ['[options]'] : []),
  ].join(' ');
}
