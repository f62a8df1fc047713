import type { AnalystModel } from '#core/analyst/assess.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { CycleRequest } from '#shared/contract/cycle.ts';

/**
 * The chosen model, asked as a request wants it: how often, with or without numbers, and what is known of its training. Throws Fault `usage`
 * when the request says how to ask and there is none to ask.
 */
export function askedAs(
  model: AnalystModel | undefined,
  { samples, masked, cutoff }: Pick<CycleRequest, 'samples' | 'masked' | 'cutoff'>,
): AnalystModel | undefined {
  const said = [
    ...(samples === undefined ? [] : ['--samples']),
    ...(masked === true ? ['--masked'] : []),
    ...(cutoff === undefined ? [] : ['--cutoff']),
  ];
  if (model === undefined && said.length > 0)
    throw new Fault(
      'usage',
      `${said.join(' and ')} ${said.length === 1 ? 'is' : 'are'} about a model, and none is chosen`,
      'name one with --model FILE, or choose one with mt models use',
    );
  if (model === undefined) return undefined;
  return {
    ...model,
    ...(samples === undefined ? {} : { samples }),
    ...(masked === undefined ? {} : { masked }),
    ...(cutoff === undefined ? {} : { cutoff }),
  };
}
