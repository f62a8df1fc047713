import type { TightenedStop } from '#core/cycle/tighten-stop.ts';
import { formatDecimal } from '#core/domain/decimal.ts';
import type { Price } from '#core/domain/money.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { TightenedStopView } from '#shared/contract/orders.ts';
import type { CycleRunner } from '../cycle-runner.ts';

type Whose = Pick<TightenedStopView, 'agentId' | 'environment' | 'instrument' | 'priceDecimals' | 'asOf'>;

export const tightenedView = (moved: TightenedStop, whose: Whose): TightenedStopView => ({
  ...whose,
  quantity: formatDecimal(moved.quantity),
  from: formatDecimal(moved.from),
  to: formatDecimal(moved.to),
  checks: [...moved.checks],
});

/** Moves the stop of an agent that runs. Throws Fault `not_found` when none of that id does, `usage` when it trades something else. */
export function tightenAgent(
  runner: Pick<CycleRunner, 'running' | 'desks'>,
  agent: string,
  symbol: string,
  stop: Price,
): TightenedStopView {
  const same = (id: string | null): boolean => id?.toLowerCase() === agent.toLowerCase();
  const view = runner
    .running()
    .map((live) => live.view())
    .find(({ agentId }) => same(agentId));
  const open = runner.desks().find(({ desk }) => same(desk.agentId));
  if (view === undefined || open === undefined)
    throw new Fault('not_found', `no agent ${agent} holds anything now`, 'see which agents run: mt agents');
  if (view.instrument !== symbol)
    throw new Fault('usage', `agent ${agent} trades ${view.instrument}, not ${symbol}`, `give ${view.instrument}`);
  const moved = open.desk.tightenStop(stop);
  return tightenedView(moved, {
    agentId: open.desk.agentId,
    environment: view.environment,
    instrument: symbol,
    priceDecimals: view.priceDecimals,
    asOf: open.now(),
  });
}
