import { resolve } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';

type EnvironmentFlags = Pick<ArgsOf<'spawn'>, 'paper' | 'shadow' | 'live'>;
type MarketArgs = ArgsOf<'analyse'> & Partial<EnvironmentFlags>;

/** Paper, unless another word was said; two words are a mistake, and so is one without a venue. */
function venueMarket({ url, paper, shadow, live }: MarketArgs, venue: string) {
  const said = [
    ...(paper ? (['paper'] as const) : []),
    ...(shadow ? (['shadow'] as const) : []),
    ...(live ? (['live'] as const) : []),
  ];
  if (said.length > 1)
    throw new Fault('usage', `--${said.join(' and --')} are different environments`, 'give one of them');
  return {
    kind: 'venue' as const,
    venue,
    mode: said[0] ?? ('paper' as const),
    ...(url === undefined ? {} : { url }),
  };
}

function refuseWithoutVenue({ venue, url, paper, shadow, live }: MarketArgs): void {
  if (venue !== undefined) return;
  const flag = url !== undefined ? '--url' : paper ? '--paper' : shadow ? '--shadow' : live ? '--live' : undefined;
  if (flag !== undefined)
    throw new Fault('usage', `${flag} is about the prices of a venue`, 'name the venue with --venue');
}

/** The arguments as the contract wants them. Paths become absolute here: an engine we attach to has another working folder. */
export function marketRequest(args: MarketArgs, cwd: string) {
  const { instrument, data, imported, venue, interval, at, model, seed, samples, masked, cutoff } = args;
  refuseWithoutVenue(args);
  const named = [
    ...(data === undefined ? [] : ['--data']),
    ...(imported ? ['--imported'] : []),
    ...(venue === undefined ? [] : ['--venue']),
  ];
  if (named.length > 1) throw new Fault('usage', `${named.join(' and ')} name different markets`, 'give one of them');
  const market =
    venue !== undefined
      ? venueMarket(args, venue)
      : data !== undefined
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
    ...(samples === undefined ? {} : { samples }),
    ...(masked ? { masked } : {}),
    ...(cutoff === undefined ? {} : { cutoff }),
  };
}
