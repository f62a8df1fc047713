import { z } from 'zod';
import { flag, option } from './fields.ts';
import { parseMoment } from './moment.ts';

const SAMPLES = 'choose 1, 2, 3, 4 or 5';
const CUTOFF = 'write the last day of its training as 2024-06-30, or unknown';

/** How a model is asked, where one is. */
export const askingArgs = () => ({
  samples: option(
    z
      .string()
      .regex(/^[1-5]$/, 'is not a number from 1 to 5')
      .transform(Number)
      .optional(),
    'K',
    'ask the model so often, each time with a seed of its own; answers that differ shrink the size',
    SAMPLES,
  ),
  masked: flag('show the model no numbers, only what code reads in them'),
  cutoff: option(
    z
      .string()
      .regex(/^(?:unknown|\d{4}-\d{2}-\d{2})$/, 'is neither a day nor "unknown"')
      .refine((text) => text === 'unknown' || parseMoment(text).kind === 'ok', 'is no day of the calendar')
      .optional(),
    'DAY',
    'end of the model\'s training, for the stamp "model may remember"; unknown when left out',
    CUTOFF,
  ),
});
