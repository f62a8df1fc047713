import type { LabFamilyView } from '#shared/contract/lab.ts';
import type { BacktestAsked, SearchAsked } from '../../stores/lab-store.ts';

export type LabKind = 'backtest' | 'search' | 'walk-forward';
export type Source = 'generator' | 'imported';

/** What the form holds, as text until it is asked for. */
export type LabDraft = {
  readonly kind: LabKind;
  readonly source: Source;
  readonly instrument: string;
  readonly interval: BacktestAsked['interval'];
  readonly strategy: string;
  /** By parameter: a number for a back-test, `from..to`, `from..to:step` or `a,b,c` for a search. Empty means the usual. */
  readonly params: Readonly<Record<string, string>>;
  readonly cash: string;
  readonly feeBps: string;
  readonly candles: string;
  readonly seed: string;
  readonly budget: string;
  readonly method: 'grid' | 'random' | 'adaptive';
  readonly objective: 'sharpe' | 'sortino' | 'calmar' | 'return';
};

export const FIRST_DRAFT: LabDraft = {
  kind: 'backtest',
  source: 'generator',
  instrument: 'BTC/USDT',
  interval: '1h',
  strategy: 'trend-following',
  params: {},
  cash: '',
  feeBps: '10',
  candles: '5000',
  seed: '1',
  budget: '40',
  method: 'random',
  objective: 'sharpe',
};

type Parameter = LabFamilyView['parameters'][number];

const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;
const numberOf = (text: string): number | undefined => (NUMBER.test(text.trim()) ? Number(text) : undefined);

const within = ({ least, most, whole }: Parameter, value: number): string | undefined => {
  if (value < least || value > most) return `from ${least} to ${most}`;
  return whole && !Number.isInteger(value) ? 'a whole number' : undefined;
};

type Axis = NonNullable<SearchAsked['space']>[number];

/** `10..50:5` and `10,20` as an axis; a text says why not. */
export function axisOf(parameter: Parameter, text: string): Axis | string {
  const { name } = parameter;
  const span = /^\s*(.+?)\s*\.\.\s*([^:]+?)\s*(?::\s*(.+?)\s*)?$/.exec(text);
  const numbers = (span === null ? text.split(',') : [span[1] ?? '', span[2] ?? '']).map(numberOf);
  if (numbers.some((value) => value === undefined)) return 'a number, from..to, from..to:step, or a list a,b,c';
  const values = numbers as number[];
  const wrong = values.map((value) => within(parameter, value)).find((why) => why !== undefined);
  if (wrong !== undefined) return wrong;
  if (span === null) return { name, values };
  const [from, to] = values as [number, number];
  if (from > to) return 'the smaller value first';
  const step = span[3] === undefined ? undefined : numberOf(span[3]);
  if (span[3] !== undefined && (step === undefined || step <= 0)) return 'a step above zero';
  return { name, from, to, ...(step === undefined ? {} : { step }) };
}

/** Why a parameter cannot be used as it is written; undefined when it can. */
export function wrongParameter(kind: LabKind, parameter: Parameter, text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  if (kind !== 'backtest') {
    const axis = axisOf(parameter, text);
    return typeof axis === 'string' ? axis : undefined;
  }
  const value = numberOf(text);
  return value === undefined ? 'a plain number' : within(parameter, value);
}

const positive = (text: string): string | undefined =>
  numberOf(text) !== undefined && Number(text) > 0 ? undefined : 'an amount above zero';
const whole = (least: number, most: number) => (text: string) =>
  /^\d{1,9}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most
    ? undefined
    : `from ${least} to ${most}`;

/** What is wrong with the other fields, by their name. */
export const wrongFields = (draft: LabDraft): Readonly<Partial<Record<keyof LabDraft, string>>> => {
  const checks: readonly (readonly [keyof LabDraft, string | undefined])[] = [
    ['cash', draft.cash.trim() === '' ? undefined : positive(draft.cash)],
    [
      'feeBps',
      numberOf(draft.feeBps) !== undefined && Number(draft.feeBps) >= 0 && Number(draft.feeBps) <= 1000
        ? undefined
        : 'from 0 to 1000',
    ],
    ['candles', draft.source === 'generator' ? whole(100, 33_000)(draft.candles) : undefined],
    ['seed', draft.source === 'generator' ? whole(0, 999_999_999)(draft.seed) : undefined],
    ['budget', draft.kind === 'backtest' ? undefined : whole(1, 20_000)(draft.budget)],
  ];
  return Object.fromEntries(checks.filter(([, why]) => why !== undefined));
};

const setupOf = (draft: LabDraft): Omit<BacktestAsked, 'params'> => ({
  market:
    draft.source === 'imported'
      ? { kind: 'imported' }
      : { kind: 'generator', seed: Number(draft.seed), candles: Number(draft.candles) },
  instrument: draft.instrument,
  interval: draft.interval,
  strategy: draft.strategy,
  feeBps: draft.feeBps.trim(),
  ...(draft.cash.trim() === '' ? {} : { cash: draft.cash.trim() }),
});

const given = ({ params }: LabDraft, family: LabFamilyView): readonly (readonly [Parameter, string])[] =>
  family.parameters.flatMap((parameter) => {
    const text = params[parameter.name]?.trim() ?? '';
    return text === '' ? [] : [[parameter, text] as const];
  });

/** The back-test of a form whose fields are all right. */
export const backtestOf = (draft: LabDraft, family: LabFamilyView): BacktestAsked => ({
  ...setupOf(draft),
  params: Object.fromEntries(given(draft, family).map(([{ name }, text]) => [name, Number(text)])),
});

/** The search of a form whose fields are all right. A parameter with one value is fixed. */
export const searchOf = (draft: LabDraft, family: LabFamilyView): SearchAsked => {
  const axes = given(draft, family).map(([parameter, text]) => axisOf(parameter, text) as Axis);
  return {
    ...setupOf(draft),
    method: draft.kind === 'walk-forward' && draft.method === 'adaptive' ? 'random' : draft.method,
    objective: draft.objective,
    budget: Number(draft.budget),
    space: axes,
  };
};
