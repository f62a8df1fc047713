import { Fault } from '#core/kernel/fault.ts';
import { checkAccount } from './check/account-steps.ts';
import { type CheckStep, createStepRunner, skip } from './check/check-step.ts';
import { checkMarket } from './check/market-steps.ts';
import { openCcxtGateway } from './gateway.ts';
import type { OpenExchangeOptions } from './open-exchange.ts';
import { openLiveMarket } from './open-live-market.ts';

export type { CheckStep } from './check/check-step.ts';

export type VenueCheckOptions = OpenExchangeOptions & {
  /** 16 hexadecimal digits that were never used. */
  readonly freshDigits: () => string;
  readonly onStep?: (step: CheckStep) => void;
};

/**
 * Tries everything that the program uses of a venue, with real orders that nobody will take. Runs against a sandbox or a stand-in on this
 * machine and never against real money: throws Fault('refused') otherwise.
 */
export async function runVenueCheck(options: VenueCheckOptions): Promise<readonly CheckStep[]> {
  if (options.sandbox !== true && options.url === undefined)
    throw new Fault(
      'refused',
      `The check places orders, so it does not run against ${options.id} itself.`,
      "Use --sandbox for the venue's test system, or --url http://127.0.0.1:PORT for one on this machine.",
    );
  const { clocks, keys, onStep = () => undefined } = options;
  const runner = createStepRunner(clocks, onStep);
  const market = await openLiveMarket(options);
  try {
    const seen = await checkMarket(runner, market, clocks);
    if (keys === undefined || seen === undefined) {
      const detail = keys === undefined ? 'no keys of this venue are stored' : 'its market could not be read';
      await runner.step('account', () => skip(detail));
      return runner.steps;
    }
    // A sandbox has no real money and often not the question after its rights either.
    const gateway = await openCcxtGateway({
      ...options,
      checkKeys: options.sandbox !== true,
      clock: market.clock,
      budget: market.open.budget,
    });
    try {
      await checkAccount(runner, { gateway, ...seen, clocks, freshDigits: options.freshDigits });
    } finally {
      await gateway.close();
    }
    return runner.steps;
  } finally {
    await market.close();
  }
}
