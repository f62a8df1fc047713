import { describe, expect, it } from 'vitest';
import type { AnalystModel } from '#core/analyst/assess.ts';
import { askedAs } from '#host/asked-as.ts';

// What is asked here never asks the model itself.
const MODEL = { deadlineMs: 1_000 } as AnalystModel;

describe('how a model is to be asked', () => {
  it('is added to the chosen model, and nothing where nothing is said', () => {
    expect(askedAs(MODEL, {})).toEqual(MODEL);
    expect(askedAs(MODEL, { samples: 3, masked: true, cutoff: '2024-06-30' })).toEqual({
      ...MODEL,
      samples: 3,
      masked: true,
      cutoff: '2024-06-30',
    });
    expect(askedAs(undefined, {})).toBeUndefined();
    expect(askedAs(undefined, { masked: false })).toBeUndefined();
  });

  it.each([
    [{ samples: 3 }, '--samples is about a model'],
    [{ masked: true }, '--masked is about a model'],
    [{ samples: 2, cutoff: 'unknown' }, '--samples and --cutoff are about a model'],
  ] as const)('is refused, and not passed over, where there is none: %o', (asked, words) => {
    expect(() => askedAs(undefined, asked)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(words) }),
    );
  });
});
