import { resolve } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';

type SetupArgs = Omit<ArgsOf<'backtest'>, 'fills' | 'news'>;

/** Without the fields that were left out: the contract knows absent ones only. */
export function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

const absolute = <T extends { readonly path?: string }>(from: T, cwd: string): T =>
  from.path === undefined ? from : { ...from, path: resolve(cwd, from.path) };

type MarketArgs = Pick<SetupArgs, 'data' | 'imported' | 'candles' | 'marketSeed' | 'interval'>;

/** Which candles are played, and of what length when nobody says it. */
export function marketRequest({ data, imported, candles, marketSeed, interval }: MarketArgs, cwd: string) {
  if (data !== undefined && imported)
    throw new Fault('usage', '--data and --imported name two different markets', 'give one of them');
  if ((data !== undefined || imported) && (candles !== undefined || marketSeed !== undefined))
    throw new Fault(
      'usage',
      '--candles and --market-seed are of the simulated market',
      'leave them out with recorded candles',
    );
  const market =
    data !== undefined
      ? { kind: 'file' as const, path: resolve(cwd, data) }
      : imported
        ? { kind: 'imported' as const }
        : { kind: 'generator' as const, ...present({ seed: marketSeed, candles }) };
  return { market, interval: interval ?? (market.kind === 'generator' ? ('1m' as const) : ('1h' as const)) };
}

/** The arguments as the contract wants them. Paths become absolute here: an engine we attach to has another working folder. */
export function setupRequest(args: SetupArgs, cwd: string) {
  const { instrument, data, imported, interval, candles, marketSeed, strategy, param, from, to, ...rest } = args;
  const { detail, also, venue } = rest;
  const { feeBps, cash, seed, limits, costs } = rest;
  return {
    ...marketRequest({ data, imported, candles, marketSeed, interval }, cwd),
    strategy,
    params: param,
    ...present({ instrument, from, to, feeBps, cash, seed, limits, costs }),
    ...(detail === undefined ? {} : { detail: absolute(detail, cwd) }),
    ...(also.length === 0 ? {} : { also: also.map((one) => absolute(one, cwd)) }),
    ...(venue === undefined ? {} : { venue: resolve(cwd, venue) }),
  };
}

export const searchFields = (args: ArgsOf<'lab.search'>) => {
  const { method, space, objective, budget, workers } = args;
  return { method, space, objective, ...present({ budget, workers }) };
};

export const walkForwardFields = (args: ArgsOf<'lab.walkforward'>) => {
  const { kind, folds, holdout, purge, embargo } = args;
  return { kind, ...present({ folds, holdout, purge, embargo }) };
};
