import { z } from 'zod';
import { smaCross, smaCrossSchema } from '#core/agent/families/sma-cross.ts';
import { listFamilies } from '#core/agent/family-registry.ts';
import { detectOnlyFamily } from '#core/domain/detect-only.ts';
import type { FamilyParameters } from '#core/domain/strategy.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { LabFamilyView } from '#shared/contract/lab.ts';

type Listed = {
  readonly name: string;
  readonly summary: string;
  readonly defaults: FamilyParameters;
  readonly parse: (parameters: unknown) => FamilyParameters;
  readonly schema: z.ZodType;
  readonly warmUp: (parameters: FamilyParameters) => number;
  /** Cash of a run when none is given: one unit of the yardstick may cost any price; the others size by their cash. */
  readonly cash: string;
};

const LISTED: readonly Listed[] = [
  ...listFamilies().map((family) => ({ ...family, cash: '10000' })),
  { ...smaCross, schema: smaCrossSchema, cash: '1000000' },
];

const bounds = z.object({
  properties: z.record(
    z.string(),
    z.object({
      type: z.enum(['integer', 'number']),
      minimum: z.number(),
      maximum: z.number(),
      description: z.string().optional(),
    }),
  ),
});

/** Bounds as the family's own schema has them, so that they are written in one place only. */
function viewOf({ name, summary, defaults, schema }: Listed): LabFamilyView {
  const { properties } = bounds.parse(z.toJSONSchema(schema));
  const yardstick = name === smaCross.name;
  return {
    name,
    summary,
    limits: yardstick ? smaCross.profiles.limits : 'default',
    costs: yardstick ? smaCross.profiles.costs : 'default',
    parameters: Object.entries(properties).map(([parameter, { type, minimum, maximum, description }]) => ({
      name: parameter,
      summary: description ?? '',
      whole: type === 'integer',
      least: minimum,
      most: maximum,
      usual: defaults[parameter] ?? minimum,
    })),
  };
}

export type LabFamily = LabFamilyView & {
  readonly cash: string;
  /** Closed candles before the first decision. */
  readonly warmUp: (parameters: FamilyParameters) => number;
  /** All parameters, the given ones checked. Throws Fault `usage` that names the parameter, its bounds, and what else there is. */
  readonly complete: (given: FamilyParameters) => FamilyParameters;
};

const FAMILIES: ReadonlyMap<string, LabFamily> = new Map(
  LISTED.map((listed) => {
    const view = viewOf(listed);
    return [
      listed.name,
      { ...view, cash: listed.cash, warmUp: listed.warmUp, complete: (given) => complete(listed, view, given) },
    ];
  }),
);

export const labFamilies = (): readonly LabFamilyView[] =>
  [...FAMILIES.values()].map(({ name, summary, limits, costs, parameters }) => ({
    name,
    summary,
    limits,
    costs,
    parameters,
  }));

/** The family of this name. Throws Fault `usage` that lists the names. */
export function labFamily(name: string): LabFamily {
  const found = FAMILIES.get(name);
  if (found !== undefined) return found;
  const measured = detectOnlyFamily(name);
  if (measured !== undefined) throw new Fault('usage', `${name} is detect-only: ${measured.why}`, measured.remedy);
  throw new Fault('usage', `there is no strategy "${name}"`, `Choose one of: ${[...FAMILIES.keys()].join(', ')}.`);
}

export const boundsText = ({ name, least, most, whole }: LabFamilyView['parameters'][number]): string =>
  `${name} ${least}..${most}${whole ? ' (whole)' : ''}`;

/** Why a value is none of the parameter's; undefined when it is. */
export function outside(parameter: LabFamilyView['parameters'][number], value: number): string | undefined {
  const { name, least, most, whole } = parameter;
  if (!Number.isFinite(value)) return `${name} is not a finite number: ${value}`;
  if (whole && !Number.isInteger(value)) return `${name} must be a whole number: ${value}`;
  if (value < least) return `${name} is below ${least}: ${value}`;
  return value > most ? `${name} is above ${most}: ${value}` : undefined;
}

/** The parameter of this name. Throws Fault `usage` that lists the others with their bounds. */
export function parameterOf(family: LabFamilyView, name: string): LabFamilyView['parameters'][number] {
  const found = family.parameters.find((parameter) => parameter.name === name);
  if (found !== undefined) return found;
  throw new Fault('usage', `${family.name} has no parameter "${name}"`, remedyFor(family));
}

export const remedyFor = (family: LabFamilyView): string =>
  `${family.name} takes ${family.parameters.map(boundsText).join(', ')}.`;

function complete(listed: Listed, view: LabFamilyView, given: FamilyParameters): FamilyParameters {
  for (const [name, value] of Object.entries(given)) {
    const wrong = outside(parameterOf(view, name), value);
    if (wrong !== undefined) throw new Fault('usage', `${view.name}: ${wrong}`, remedyFor(view));
  }
  try {
    return listed.parse({ ...listed.defaults, ...given });
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new Fault(
      'usage',
      `${view.name}: ${error.issues[0]?.message ?? 'the parameters do not fit together'}`,
      remedyFor(view),
    );
  }
}
