import type { CycleRunner } from '../cycle-runner.ts';
import type { FollowedCycle } from './conditions.ts';

/** Cycles in flight whose live prices are not to be traded on now. */
export const followedCycles = (runner: CycleRunner): readonly FollowedCycle[] =>
  runner.running().flatMap((live) => {
    const { cycle, environment, instrument, marketSource } = live.view();
    const trouble = runner.trouble(cycle);
    if (trouble === undefined || (environment !== 'paper' && environment !== 'shadow')) return [];
    return [{ cycle, label: `${instrument} (${marketSource})`, environment, trouble }];
  });
