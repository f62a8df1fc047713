import { draft } from '#core/cycle/records.ts';
import { compare, type Decimal, formatDecimal, isPositive, isZero, parseDecimal } from '#core/domain/decimal.ts';
import { Fault } from '#core/kernel/fault.ts';
import { profitAndLoss } from '#core/performance/profit-and-loss.ts';
import { SIMULATED_ACCOUNT } from '#shared/contract/orders.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import type { SimulatedDesk } from '../manual/simulated-desk.ts';
import type { EngineParts } from '../parts.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';

type Parts = Pick<EngineParts, 'account' | 'instruments' | 'market' | 'storage'>;

export type AccountReset = {
  /** `account` is what the master typed to say which one he means. */
  readonly account: string;
  readonly cash: string;
  readonly reason: string;
};

export type AccountResetSources = {
  readonly parts: Parts;
  readonly runner: Pick<CycleRunner, 'running' | 'isStarting' | 'unsettled'>;
  readonly manual: SimulatedDesk;
  /** Told once the account has begun anew. */
  readonly onReset: () => void;
};

/** No newcomer's account needs more, and figures of screens are made for it. */
const MOST_CASH = parseDecimal('1000000000');

/** Lets the simulated account begin anew: first the record, then the books. Throws Fault `refused` with what stands against it. */
export function createAccountReset({ parts, runner, manual, onReset }: AccountResetSources) {
  const { account, instruments, market, storage } = parts;

  /** What would be lost sight of: a position, an order, or an agent that counts on either. */
  const notIdle = (): string | undefined => {
    const running = runner.running()[0];
    if (running !== undefined) return `cycle ${running.cycle} runs`;
    if (runner.isStarting()) return 'a cycle is about to begin';
    if (runner.unsettled() > 0) return 'an earlier cycle is still to be ended';
    if (manual.desk.execution.openOrders().length > 0) return 'orders by hand are open';
    const held = [...account.state().positions.values()].find(({ quantity }) => !isZero(quantity));
    if (held === undefined) return undefined;
    return `${instruments.find(({ id }) => id === held.instrumentId)?.symbol ?? held.instrumentId} is held`;
  };

  const cashOf = (text: string): Decimal => {
    const cash = parseDecimal(text);
    if (isPositive(cash) && compare(cash, MOST_CASH) <= 0) return cash;
    throw new Fault(
      'refused',
      `no account can begin with ${text}`,
      `give an amount above 0, at most ${formatDecimal(MOST_CASH)}`,
    );
  };

  return ({ account: named, cash: text, reason }: AccountReset): void => {
    if (named !== SIMULATED_ACCOUNT)
      throw new Fault(
        'refused',
        `${named} cannot begin anew: only the simulated account can`,
        `to begin it anew, name it: ${SIMULATED_ACCOUNT}`,
      );
    const cash = cashOf(text);
    manual.advance();
    const against = notIdle();
    if (against !== undefined)
      throw new Fault(
        'refused',
        `the account cannot begin anew: ${against}`,
        'close what is held and cancel what is open (mt order close, mt order cancel), let agents end or retire them, then try again',
      );
    const now = market.clock.now();
    storage.journal.append(SYSTEM_CYCLE, [
      draft(SYSTEM_RUN, now, 'account.reset', {
        asset: account.asset,
        cash: formatDecimal(cash),
        equityBefore: formatDecimal(account.equity()),
        resultBefore: formatDecimal(profitAndLoss(account.state(), account.prices()).total),
        reason,
      }),
    ]);
    account.beginAnew(cash, now);
    manual.beginAnew();
    onReset();
  };
}
