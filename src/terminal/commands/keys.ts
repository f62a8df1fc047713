import type { ArgsOf } from '#shared/commands/registry.ts';
import { countText } from '#shared/format/names.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { stdinLines } from '../secrets/credentials.ts';
import { moment } from '../text/figures.ts';
import { line, span } from '../text/line.ts';
import { table } from '../text/table.ts';

export const runKeysList: Run<ArgsOf<'keys.ls'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const keys = await client.invoke('keys.list', {});
    context.output.lines(
      keys.length === 0
        ? [line('No exchange key is stored. mt keys add NAME --venue VENUE stores one.')]
        : [
            line(span(countText(keys.length, 'exchange key'), 'strong')),
            ...table(
              [
                { title: 'Name', cell: ({ name }) => name },
                { title: 'Venue', cell: ({ venue }) => venue },
                { title: 'Stored', cell: ({ addedAt }) => moment(addedAt) },
              ],
              keys,
            ),
          ],
    );
    context.output.answer({ keys });
    return EXIT.ok;
  });

export const runKeysAdd: Run<ArgsOf<'keys.add'>> = ({ name, venue, withPassword, stdin }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const parts = await secretParts(context, withPassword, stdin);
    const { done } = await client.invoke('keys.put', { name, venue, ...parts });
    context.output.lines([
      line(span(`The key ${name} of ${venue} was ${done === 'added' ? 'stored' : 'changed'}`, 'up')),
    ]);
    context.output.answer({ name, venue, done });
    return EXIT.ok;
  });

type Parts = { readonly apiKey?: string; readonly secret?: string; readonly password?: string };

/** An empty answer is no answer: that part is left out, and what is stored stays. */
async function secretParts({ prompt }: Context, withPassword: boolean, stdin: boolean): Promise<Parts> {
  const given = await stdinLines(prompt, stdin, withPassword ? 3 : 2);
  const ask = async (index: number, question: string): Promise<string> =>
    (stdin ? (given[index] ?? '') : await prompt.hidden(question)).trim();
  const apiKey = await ask(0, 'API key');
  const secret = await ask(1, 'Secret');
  const password = withPassword ? await ask(2, 'Password of the key') : '';
  return {
    ...(apiKey === '' ? {} : { apiKey }),
    ...(secret === '' ? {} : { secret }),
    ...(password === '' ? {} : { password }),
  };
}

export const runKeysRemove: Run<ArgsOf<'keys.remove'>> = ({ name }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    await client.invoke('keys.remove', { name });
    context.output.lines([line(`The key ${name} is forgotten. Delete it at the venue as well.`)]);
    context.output.answer({ removed: name });
    return EXIT.ok;
  });
