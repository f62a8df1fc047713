import { divide, formatDecimal, isPositive, subtract } from '#core/domain/decimal.ts';
import { Fault } from '#core/kernel/fault.ts';
import { balanceOf } from '#core/ledger/ledger.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { EngineStatus, KillReport } from '#shared/contract/engine.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import type { EngineParts } from '../parts.ts';

type EngineHandlers = Pick<AppHandlers, 'engine.status' | 'engine.kill' | 'engine.resume'>;

const FRACTION_SCALE = 8;
/** The kill report waits this long for the last position to close; the latch is shut long before. */
const FLATTEN_WAIT_MS = 10_000;

/** The whole system on one card. */
export function engineStatus(parts: EngineParts, runner: CycleRunner): EngineStatus {
  const { account, market, storage, tradingState, models, protection } = parts;
  const equity = account.equity();
  const peak = account.peakEquity();
  const dayStart = account.dayStartEquity();
  const dayPnl = subtract(equity, dayStart);
  const running = runner.running();
  const agent = running !== undefined && running.view().agentId !== null && running.retired() === undefined;
  const head = storage.journal.head();
  const last = market.feed.history(parts.shownInstrument.id, '1m', market.clock.now(), 1).series.candles.at(-1);
  return {
    version: parts.version,
    environment: 'simulated',
    tradingState: tradingState.state(),
    haltReason: tradingState.reason(),
    mode: tradingState.state() === 'halted' ? 'emergency' : 'full',
    equity: formatDecimal(equity),
    cash: formatDecimal(balanceOf(account.state(), 'cash', account.asset)),
    quoteAsset: account.asset,
    dayPnl: formatDecimal(dayPnl),
    dayPnlFraction: isPositive(dayStart) ? formatDecimal(divide(dayPnl, dayStart, FRACTION_SCALE, 'half-up')) : '0',
    drawdownFraction: isPositive(peak)
      ? formatDecimal(divide(subtract(peak, equity), peak, FRACTION_SCALE, 'half-up'))
      : '0',
    agentsRunning: agent ? 1 : 0,
    cycleRunning: running?.cycle ?? null,
    feed: {
      label: 'Simulated market',
      seed: market.seed,
      ageMs: last === undefined ? null : Math.max(0, market.clock.now() - last.closeTime),
      speed: market.speed,
    },
    analyst: models.describe(),
    journal: { records: head.seq, head: head.hash },
    protection: { slot: protection.slot, protected: false, label: protection.label },
    lessons: storage.memory.count(),
    marketTime: market.clock.now(),
    startedAt: parts.startedAt,
  };
}

const within = <T>(work: Promise<T>, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    void work.finally(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });

export function createEngineHandlers(parts: EngineParts, runner: CycleRunner, changed: () => void): EngineHandlers {
  const { tradingState, market, account } = parts;
  return {
    'engine.status': () => engineStatus(parts, runner),
    async 'engine.kill'({ reason }) {
      const steps: KillReport['steps'][number][] = [];
      const step = (name: string, done: boolean, detail: string): void => {
        steps.push({ name, done, detail, ts: market.clock.now() });
      };
      // Latch first, then everything else: from here on the gate lets nothing in, whatever happens below.
      const fresh = tradingState.set('halted', reason, market.clock.now());
      step('Gate closed', true, fresh ? 'no entry is accepted any more' : 'it was closed already');
      const live = runner.running();
      const stopped = runner.cancel(`killed: ${reason}`);
      step('Agents stopped', true, stopped ? 'the running cycle was told to stop' : 'none was running');
      const idle = await within(runner.idle(), FLATTEN_WAIT_MS);
      const orders =
        live?.view().orders.filter((order) => ['submitted', 'accepted', 'pending_cancel'].includes(order.status))
          .length ?? 0;
      step('Open orders canceled', orders === 0, orders === 0 ? 'none rests at the venue' : `${orders} still rest`);
      const held = [...account.state().positions.values()].filter((position) => position.direction !== 'flat').length;
      step('Positions closed', idle && held === 0, held === 0 ? 'nothing is held' : `${held} positions are still open`);
      changed();
      return { tradingState: 'halted', alreadyHalted: !fresh, steps };
    },
    'engine.resume'({ reason }) {
      if (tradingState.state() === 'active')
        throw new Fault('refused', 'trading is active already', 'there is nothing to resume');
      tradingState.set('active', `resumed: ${reason}`, market.clock.now());
      changed();
      return engineStatus(parts, runner);
    },
  };
}
