import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { ScorecardView } from '#shared/contract/scorecard.ts';
import { openCycleMarket } from '../cycle-market.ts';
import type { Lab } from '../lab/create-lab.ts';
import type { EngineParts } from '../parts.ts';
import { measureAnalysts, plannedMoments } from '../scorecard/measure-analysts.ts';
import { scorecardView } from '../scorecard/scorecard-view.ts';

type ScorecardHandlers = Pick<AppHandlers, 'scorecard.show' | 'scorecard.measure'>;

const INTERVALS = Object.keys(INTERVAL_MS) as Interval[];

/** The card of every call whose outcome is known by now. */
export function currentScorecard({ scores, market, instruments }: EngineParts): ScorecardView {
  // The simulated market is always at hand; calls on others are looked at when a cycle comes by there again.
  const now = market.clock.now();
  const described = { feed: market.feed, market: { kind: 'generator' as const, seed: market.seed } };
  for (const { id } of instruments)
    for (const interval of INTERVALS) scores.settle({ ...described, instrumentId: id, interval }, now);
  return scorecardView(scores.resolved(), scores.waiting());
}

export function createScorecardHandlers(
  parts: EngineParts,
  lab: Pick<Lab, 'measure' | 'measurements'>,
): ScorecardHandlers {
  const { models } = parts;
  /** A model has one piece of work at a time, and whoever asked is to know which measurement is his. */
  const refuseSecond = (): void => {
    const running = lab.measurements().find(({ kind, state }) => kind === 'scorecard' && state === 'running');
    if (running === undefined) return;
    throw new Fault(
      'refused',
      `the analysts are being measured already: ${running.id}`,
      `wait for its end, or stop it: mt lab measurements stop ${running.id}`,
    );
  };
  return {
    'scorecard.show': () => currentScorecard(parts),
    async 'scorecard.measure'({ every, moments, ...request }) {
      if (request.market.kind === 'venue' || request.market.kind === 'generator')
        throw new Fault('usage', 'analysts are measured on recorded candles', 'give --data FILE or --imported');
      const opened = await openCycleMarket({ ...request, trigger: 'terminal' }, parts, 'look');
      await opened.close?.();
      const model = await models.choose(request.model);
      // A card of the rules alone would look like the answer to a question about this model.
      const status = model?.inference.status();
      if (status?.kind === 'failed')
        throw new Fault('bad_model', status.why, 'name a model that answers, or choose none: mt models use rules');
      refuseSecond();
      const { symbol } = opened.instrument;
      const source = request.market.kind === 'file' ? request.market.path : `imported ${symbol}`;
      const asked = { market: opened, model, every, moments };
      return lab.measure('scorecard', { source, interval: opened.interval }, async ({ planned, reached, stop }) => {
        planned(plannedMoments(asked));
        return scorecardView(await measureAnalysts({ ...asked, onMoment: reached, stop }), 0);
      });
    },
  };
}
