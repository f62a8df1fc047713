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
const FLATTEN_WAIT_MS = 14_000;

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

const OPEN_ORDER: ReadonlySet<string> = new Set(['submitted', 'accepted', 'partially_filled', 'pending_cancel']);

/** `done`, or in words why not. Never throws: the kill report must be written whatever fails. */
const within = (work: Promise<unknown>, ms: number): Promise<string> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(`not finished after ${ms / 1000} s`), ms);
    work
      .then(
        () => resolve('done'),
        (error: unknown) => resolve(error instanceof Error ? error.message : 'the engine failed'),
      )
      .finally(() => clearTimeout(timer));
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
      // The latch shuts first, whatever happens below; its record comes second, because a full disk must not keep it open.
      const { fresh, recorded, flagged } = tradingState.halt(reason, market.clock.now());
      step('Gate closed', true, fresh ? 'no entry is accepted any more' : 'it was closed already');
      if (!recorded)
        step(
          'Halt recorded',
          flagged,
          flagged
            ? 'the journal cannot be written; the file KILL in the run folder stands in for it'
            : 'neither journal nor run folder can be written: free the disk and kill again, or a restart forgets it',
        );
      const stopped = runner.cancel(`killed: ${reason}`);
      step('Agents stopped', true, stopped ? 'the running cycle was told to stop' : 'none was running');
      const idle = await within(runner.idle(), FLATTEN_WAIT_MS);
      const unsettled = await within(runner.settleAll(), FLATTEN_WAIT_MS);
      const resting =
        runner
          .newestLive()
          ?.view()
          .orders.filter((order) => OPEN_ORDER.has(order.status)) ?? [];
      step(
        'Open orders canceled',
        resting.length === 0,
        resting.length === 0 ? 'none rests at the venue' : `${resting.length} still rest`,
      );
      const held = [...account.state().positions.values()].filter((position) => position.direction !== 'flat').length;
      const closed = idle === 'done' && unsettled === 'done' && held === 0;
      step(
        'Positions closed',
        closed,
        closed ? 'nothing is held' : `still open: ${held}; ${idle === 'done' ? unsettled : idle}`,
      );
      changed();
      return { tradingState: 'halted', alreadyHalted: !fresh, steps };
    },
    'engine.resume'({ reason }) {
      if (tradingState.state() === 'active')
        throw new Fault('refused', 'trading is active already', 'there is nothing to resume');
      tradingState.resume(`resumed: ${reason}`, market.clock.now());
      changed();
      return engineStatus(parts, runner);
    },
  };
}
