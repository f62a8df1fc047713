import type { ColumnPlan } from '../agent/column-plan.ts';
import type { Loop } from './engine.ts';

/**
 * The event loop of a planned strategy, to its end: a candle is only walked through while orders rest, and the account is only marked
 * between them. What it leaves behind is what the loop leaves that asks at every close.
 */
export function playPlan(loop: Loop, { candles, act }: ColumnPlan): void {
  const { book, player, keeper, view, market, budget, cursor } = loop;
  const count = loop.equity.length;
  for (let step = 0; step <= candles.length; step++) {
    // Up to the close at which something is decided, that candle included.
    const end = step === candles.length ? count : (candles[step] as number) + 1;
    for (; loop.index < end && book.size > 0; loop.index++) {
      if (player.play(loop.index)) {
        loop.cash = keeper.cashFloat();
        loop.worth = keeper.held() * keeper.unitFloat;
      }
      mark(loop, loop.index, loop.index + 1);
    }
    mark(loop, loop.index, end);
    loop.index = end;
    if (step === candles.length) return;
    loop.index = end - 1;
    view.moveTo(loop.index);
    cursor.candle = loop.index;
    budget.left = budget.perDecision;
    loop.deciding = true;
    act(step, market);
    loop.deciding = false;
    loop.index = end;
  }
}

/** The account at the closes of candles in which nothing fills. */
function mark(loop: Loop, begin: number, end: number): void {
  const { equity, close, cash, worth } = loop;
  if (worth === 0) {
    equity.fill(cash, begin, end);
    return;
  }
  for (let i = begin; i < end; i++) equity[i] = cash + worth * (close[i] as number);
  loop.candlesHeld += end - begin;
}
