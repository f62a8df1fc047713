import type { AnalystModel } from '#core/analyst/assess.ts';
import type { CycleRequest } from '#shared/contract/cycle.ts';

/** The chosen model, asked as a request wants it: how often, with or without numbers, and what is known of its training. */
export const askedAs = (
  model: AnalystModel | undefined,
  { samples, masked, cutoff }: Pick<CycleRequest, 'samples' | 'masked' | 'cutoff'>,
): AnalystModel | undefined =>
  model === undefined
    ? undefined
    : {
        ...model,
        ...(samples === undefined ? {} : { samples }),
        ...(masked === undefined ? {} : { masked }),
        ...(cutoff === undefined ? {} : { cutoff }),
      };
