import { familyOf } from '#core/agent/family-registry.ts';
import { isAgentFamily } from '#core/backtest/run-backtest.ts';
import type { GeneSheet } from '#core/evolution/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import { labFamily } from './families.ts';

/**
 * The genes of a family: its parameters as its own schema bounds them. Throws Fault `usage` for what no agent is made of, and Fault
 * `unsupported` for what cannot be played over candles alone.
 */
export function geneSheet(name: string): GeneSheet {
  const family = labFamily(name);
  if (!isAgentFamily(name))
    throw new Fault('usage', `${name} is a yardstick and no agent is made of it`, 'Evolve a family of agents.');
  if (familyOf(name).needs !== undefined)
    throw new Fault(
      'unsupported',
      `${name} needs ${familyOf(name).needs}, and the candles of a study have none`,
      'Evolve a family that trades by candles alone.',
    );
  return {
    family: name,
    genes: family.parameters.map(({ name: gene, whole, least, most, usual }) => ({
      name: gene,
      whole,
      least,
      most,
      usual,
    })),
    complete: (parameters) => {
      try {
        return family.complete(parameters);
      } catch (error) {
        if (error instanceof Fault) return undefined;
        throw error;
      }
    },
  };
}
