import { resolve } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';

type MarketArgs = ArgsOf<'analyse'>;

/** The arguments as the contract wants them. Paths become absolute here: an engine we attach to has another working folder. */
export function marketRequest(args: MarketArgs, cwd: string) {
  const { instrument, data, imported, interval, at, model, seed } = args;
  if (data !== undefined && imported) {
    throw new Fault('usage', '--data and --imported name two different markets', 'give one of them');
  }
  const market =
    data !== undefined
      ? { kind: 'file' as const, path: resolve(cwd, data) }
      : imported
        ? { kind: 'imported' as const }
        : { kind: 'generator' as const };
  return {
    trigger: 'terminal' as const,
    market,
    ...(instrument === undefined ? {} : { instrument }),
    ...(interval === undefined ? {} : { interval }),
    ...(at === undefined ? {} : { at }),
    ...(model === undefined ? {} : { model: resolve(cwd, model) }),
    ...(seed === undefined ? {} : { seed }),
  };
}
