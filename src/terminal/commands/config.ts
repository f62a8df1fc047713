import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import { preferenceName } from '#shared/contract/preferences.ts';
import { PREFERENCE_HELP, preferenceText, readPreference } from '#shared/format/preference-words.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { line, span } from '../text/line.ts';
import { table } from '../text/table.ts';

export const runConfigGet: Run<ArgsOf<'config.get'>> = ({ name }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const all = await client.invoke('preferences.get', {});
    const names = name === undefined ? preferenceName.options : [name];
    context.output.lines(
      table(
        [
          { title: 'PREFERENCE', cell: (one) => one },
          { title: 'IS', cell: (one) => preferenceText(all[one]) },
          { title: 'MEANS', cell: (one) => span(PREFERENCE_HELP[one].about, 'muted') },
        ],
        names,
      ),
    );
    context.output.answer(name === undefined ? all : { [name]: all[name] });
    return EXIT.ok;
  });

export const runConfigSet: Run<ArgsOf<'config.set'>> = ({ name, value }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const read = readPreference(name, value);
    if (read === undefined)
      throw new Fault('usage', `${name} cannot be ${JSON.stringify(value)}`, PREFERENCE_HELP[name].form);
    const before = await client.invoke('preferences.get', {});
    const answer = await client.invoke('preferences.set', { changes: { [name]: read } });
    context.output.lines([
      answer.changed.length === 0
        ? line(`${name} is ${preferenceText(before[name])} already.`)
        : line(
            `${name}: ${preferenceText(before[name])} → `,
            span(preferenceText(answer.preferences[name]), 'accent'),
            span(`  ${PREFERENCE_HELP[name].about}`, 'muted'),
          ),
    ]);
    context.output.answer(answer);
    return EXIT.ok;
  });
