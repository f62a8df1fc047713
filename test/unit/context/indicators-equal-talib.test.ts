import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Columns, TALIB_LINES } from '#test/support/indicator-table.ts';

type Reference = {
  readonly library: string;
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  readonly volume: readonly number[];
  readonly outputs: readonly {
    readonly line: string;
    readonly parameters: readonly number[];
    readonly firstIndex: number;
    readonly values: readonly number[];
  }[];
};

const FOLDER = resolve(import.meta.dirname, '../../fixtures/talib');
const LARGEST_RELATIVE_ERROR = 1e-12;

function relativeError(ours: number, theirs: number): number {
  if (ours === theirs) return 0;
  return Math.abs(ours - theirs) / Math.abs(theirs);
}

describe.each(['walk', 'ties', 'constant', 'small'])('against TA-Lib on the tape "%s"', (tape) => {
  const reference = JSON.parse(readFileSync(resolve(FOLDER, `${tape}.json`), 'utf8')) as Reference;
  const columns: Columns = {
    high: Float64Array.from(reference.high),
    low: Float64Array.from(reference.low),
    close: Float64Array.from(reference.close),
    volume: Float64Array.from(reference.volume),
  };

  it('has reference values for every line of the table', () => {
    expect(new Set(reference.outputs.map((output) => output.line))).toEqual(
      new Set(TALIB_LINES.map(({ line }) => line)),
    );
  });

  it.each(reference.outputs.map((output) => [`${output.line}(${output.parameters.join(', ')})`, output] as const))(
    '%s begins at the same index and differs by at most 1e-12',
    (_name, { line, parameters, firstIndex, values }) => {
      const indicator = TALIB_LINES.find((candidate) => candidate.line === line);
      if (indicator === undefined) throw new Error(`no indicator for ${line}`);
      const ours = indicator.batch(columns, parameters);
      expect(ours.length).toBe(columns.close.length);
      expect(ours.findIndex((value) => !Number.isNaN(value))).toBe(firstIndex);
      expect(values.length).toBe(columns.close.length - firstIndex);
      const errors = values.map((theirs, i) => relativeError(ours[firstIndex + i] as number, theirs));
      // NaN anywhere must fail too, hence "not every one is small" instead of a maximum.
      expect(errors.filter((error) => !(error <= LARGEST_RELATIVE_ERROR))).toEqual([]);
    },
  );
});
