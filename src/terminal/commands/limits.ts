import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { RiskPolicyView } from '#shared/contract/limits.ts';
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
          { title: 'limit', cell: ([name]) => name },
          { title: 'is', cell: ([, value]) => String(value), align: 'right' },
        ],
        Object.entries(policy),
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
        : line(`${name}: ${before[name]} → `, span(String(answer.policy[name]), 'accent')),
    ]);
    context.output.answer(answer);
    return EXIT.ok;
  });

/** Counts are numbers in the contract, everything else is exact text. */
function valueFor(name: keyof RiskPolicyView, text: string, policy: RiskPolicyView): string | number {
  if (typeof policy[name] === 'string') return text;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Fault('usage', `${name} ${text}: is not a whole number`, `give ${name} as a whole number`);
}
