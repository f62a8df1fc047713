import type { CycleView } from '#shared/contract/cycle.ts';
import { buildFeed, type FeedItem } from '#shared/format/feed.ts';
import type { Output } from '../output.ts';
import { cycleTitle, stageLine } from '../text/cycle-lines.ts';
import { BLANK, type Line, span } from '../text/line.ts';
import { feedLine } from '../text/trade-lines.ts';

/** What is worth a line while the agent works: that it wants in or out, and what it got. A hold changes nothing. */
const isNews = (item: FeedItem): boolean =>
  item.kind === 'fill' || (item.kind === 'decision' && item.decision.kind !== 'hold');

const under = (text: Line): Line => [span('  '), ...text];

/** Prints the title once, each stage when it has ended, and what the agent does while it does it: nobody waits at a silent screen. */
export function createNarrator(output: Output): (view: CycleView) => void {
  let told = 0;
  let titled = false;
  let begun = false;
  const happened = new Set<string>();

  const tellAgent = (view: CycleView): void => {
    const { agentSpec: spec, agentId } = view;
    if (spec === null || agentId === null) return;
    if (!begun) {
      const most = spec.lifespan.maxBars;
      output.lines([[span('◐ ', 'accent'), span(`Agent ${agentId} trades, for ${most} candles at most`)]]);
      begun = true;
    }
    for (const item of buildFeed(view).toReversed().filter(isNews)) {
      if (happened.has(item.key)) continue;
      happened.add(item.key);
      output.lines([under(feedLine(item))]);
    }
  };

  return (view) => {
    if (!titled) output.lines([...cycleTitle(view), BLANK]);
    titled = true;
    const over = view.state !== 'running';
    for (let stage = view.stages[told]; stage !== undefined; stage = view.stages[told]) {
      if (stage.name === 'agent' && (stage.state === 'running' || happened.size > 0)) tellAgent(view);
      if (!over && (stage.state === 'waiting' || stage.state === 'running')) return;
      output.lines([stageLine(stage)]);
      told += 1;
    }
  };
}
