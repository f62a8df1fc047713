import { atWork } from '#core/cycle/account.ts';
import { policyText } from '#core/cycle/lock-events.ts';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { ProfitView } from '#shared/contract/profit.ts';
import type { EngineParts } from '../parts.ts';
import { portfolioLog } from '../portfolio/portfolio-log.ts';

type ProfitHandlers = Pick<
  AppHandlers,
  'portfolio.profit' | 'portfolio.set_profit_lock' | 'portfolio.release_profit' | 'portfolio.log'
>;

/** The locked profit of the standing account. `onChange` is told when what may be risked has changed. */
export function createProfitHandlers(
  { account, profitBook, storage, market }: EngineParts,
  onChange: () => void,
): ProfitHandlers {
  const view = (): ProfitView => {
    const { policy, locked, water } = profitBook.state();
    return {
      asset: account.asset,
      ...policyText(policy),
      locked: formatDecimal(locked),
      realised: formatDecimal(profitBook.realised()),
      highWater: formatDecimal(water),
      equity: formatDecimal(account.equity()),
      atWork: formatDecimal(atWork(account).equity),
    };
  };
  return {
    'portfolio.profit': view,
    'portfolio.set_profit_lock'({ share, threshold, reason }) {
      const before = policyText(profitBook.state().policy);
      profitBook.setPolicy(
        { share: share ?? before.share, threshold: threshold ?? before.threshold },
        reason,
        market.clock.now(),
      );
      onChange();
      return view();
    },
    'portfolio.release_profit'({ amount, reason }) {
      const wanted = amount === undefined ? 'all' : parseDecimal(amount);
      const released = profitBook.release(wanted, reason, market.clock.now());
      onChange();
      return { ...view(), released: formatDecimal(released) };
    },
    'portfolio.log': ({ limit }) => portfolioLog(storage.journal, limit),
  };
}
