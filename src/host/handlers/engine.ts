import { divide, formatDecimal, isPositive, subtract } from '#core/domain/decimal.ts';
import { Fault } from '#core/kernel/fault.ts';
import { balanceOf } from '#core/ledger/ledger.ts';
import { profitAndLoss } from '#core/performance/profit-and-loss.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { EngineStatus } from '#shared/contract/engine.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import type { KillSwitch } from '../kill-switch/kill-switch.ts';
import { createStopLevels } from '../kill-switch/stop-levels.ts';
import { drawdownOf, livePricesView, paperView } from '../paper/paper-view.ts';
import type { EngineParts } from '../parts.ts';

type EngineHandlers = Pick<
  AppHandlers,
  'engine.status' | 'engine.halt' | 'engine.flatten' | 'engine.kill' | 'engine.kill_preview' | 'engine.resume'
>;

const FRACTION_SCALE = 8;

const LONGEST_WHY = 400;

function writableOf({ durable }: EngineParts): { readonly writable: boolean; readonly why: string | null } {
  const { journal } = durable.state();
  if (journal.kind === 'ok') return { writable: true, why: null };
  const why = journal.kind === 'accused' ? `${journal.why}; run mt audit verify` : `${journal.why}; ${journal.remedy}`;
  return { writable: false, why: why.slice(0, LONGEST_WHY) };
}

/** Milliseconds since the newest candle closed; null before the first one. */
function ageOfNewest({ market, shownInstrument: { id } }: EngineParts): number | null {
  const now = market.clock.now();
  const known = market.feed.span(id, '1m').last;
  // The generator knows when its newest candle closed without having made it; recorded candles may reach past the clock.
  const newest = known <= now ? known : market.feed.history(id, '1m', now, 1).series.candles.at(-1)?.closeTime;
  return newest === undefined ? null : now - newest;
}

/** The whole system on one card. */
export function engineStatus(parts: EngineParts, runner: CycleRunner): EngineStatus {
  const { account, market, storage, tradingState, models, protection } = parts;
  const equity = account.equity();
  const dayStart = account.dayStartEquity();
  const dayPnl = subtract(equity, dayStart);
  const running = runner.running();
  const agents = running.filter((live) => live.view().agentId !== null && live.retired() === undefined);
  const head = storage.journal.head();
  const limits = parts.limitBook.limits();
  const candleAge = ageOfNewest(parts);
  return {
    version: parts.version,
    environment: 'simulated',
    tradingState: tradingState.state(),
    haltReason: tradingState.reason(),
    mode: parts.modes.mode(),
    equity: formatDecimal(equity),
    cash: formatDecimal(balanceOf(account.state(), 'cash', account.asset)),
    quoteAsset: account.asset,
    totalPnl: formatDecimal(profitAndLoss(account.state(), account.prices()).total),
    totalSince: account.openedAt,
    dayPnl: formatDecimal(dayPnl),
    dayPnlFraction: isPositive(dayStart) ? formatDecimal(divide(dayPnl, dayStart, FRACTION_SCALE, 'half-up')) : '0',
    drawdownFraction: drawdownOf(account),
    drawdownLimits: {
      reduceOnlyAt: formatDecimal(limits.reduceOnlyAt),
      most: formatDecimal(limits.maxDrawdown),
    },
    agentsRunning: agents.length,
    cycleRunning: running.at(-1)?.cycle ?? null,
    cyclesRunning: running.map(({ cycle }) => cycle),
    feed: {
      label: 'Simulated market',
      seed: market.seed,
      ageMs: candleAge,
      speed: market.speed,
    },
    paper: parts.paper.all().map(paperView),
    livePrices: livePricesView(runner),
    analyst: models.describe(),
    journal: { records: head.seq, head: head.hash, ...writableOf(parts) },
    disk: parts.durable.state().disk,
    protection: { slot: protection.slot, protected: protection.protectedByPassphrase, label: protection.label },
    lessons: storage.memory.count(),
    marketTime: market.clock.now(),
    startedAt: parts.startedAt,
  };
}

export function createEngineHandlers(
  parts: EngineParts,
  runner: CycleRunner,
  killSwitch: KillSwitch,
  changed: () => void,
  unclean: () => string | undefined,
): EngineHandlers {
  const { tradingState, market } = parts;
  const levels = createStopLevels(parts, runner, killSwitch);
  return {
    'engine.status': () => engineStatus(parts, runner),
    async 'engine.halt'({ reason }) {
      await levels.halt(reason);
      changed();
      return engineStatus(parts, runner);
    },
    async 'engine.flatten'({ reason }) {
      const steps = await levels.flatten(reason);
      changed();
      return { tradingState: tradingState.state(), steps: [...steps] };
    },
    'engine.kill': (order) => killSwitch.kill(order),
    'engine.kill_preview': () => killSwitch.preview(),
    'engine.resume'({ reason }) {
      if (tradingState.state() === 'active')
        throw new Fault('refused', 'trading is active already', 'there is nothing to resume');
      if (tradingState.state() === 'halted') {
        const why = unclean();
        if (why !== undefined)
          throw new Fault(
            'refused',
            `emergency is not left while ${why}`,
            'see mt account ls; mend it or remove the account',
          );
      }
      tradingState.resume(`resumed: ${reason}`, market.clock.now());
      changed();
      return engineStatus(parts, runner);
    },
  };
}
