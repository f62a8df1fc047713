import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import { limitName, type RiskPolicyView } from '#shared/contract/limits.ts';
import { limitMeaning, limitText } from '#shared/format/limit-words.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { line, span } from '../text/line.ts';
import { table } from '../text/table.ts';

export const runLimits: Run<ArgsOf<'limits.show'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const policy = await client.invoke('risk.limits', {});
    context.output.lines(
      table(
        [
          { title: 'LIMIT', cell: (name) => name },
          { title: 'IS', cell: (name) => String(policy[name]), align: 'right' },
          { title: 'THAT IS', cell: (name) => limitText(name, policy[name]), align: 'right' },
          { title: 'MEANS', cell: (name) => span(limitMeaning(name), 'muted') },
        ],
        limitName.options,
      ),
    );
    context.output.answer(policy);
    return EXIT.ok;
  });

export const runLimitsSet: Run<ArgsOf<'limits.set'>> = ({ name, value, reason }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const before = await client.invoke('risk.limits', {});
    const answer = await client.invoke('risk.set_limits', {
      changes: { [name]: valueFor(name, value, before) },
      ...(reason === undefined ? {} : { reason }),
    });
    context.output.lines([
      answer.changed.length === 0
        ? line(`${name} is ${value} already.`)
        : line(
            `${name}: ${limitText(name, before[name])} → `,
            span(limitText(name, answer.policy[name]), 'accent'),
            span(`  ${limitMeaning(name)}`, 'muted'),
          ),
    ]);
    context.output.answer(answer);
    return EXIT.ok;
  });

/** Counts are numbers in the contract, everything else is exact text. */
function valueFor(name: keyof RiskPolicyView, text: string, policy: RiskPolicyView): string | number {
  if (typeof policy[name] === 'string') {
    if (/^\d{1,9}(\.\d{1,18})?$/.test(text)) return text;
    throw new Fault(
      'usage',
      `${name} ${JSON.stringify(text)}: is not a plain number`,
      `give ${name} as a fraction: 0.01 is one percent`,
    );
  }
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Fault('usage', `${name} ${text}: is not a whole number`, `give ${name} as a whole number`);
}
