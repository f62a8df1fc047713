import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { PortfolioView } from '#shared/contract/portfolio.ts';
import type { EngineParts } from '../parts.ts';
import { setupViewOf } from '../setup/setup-view.ts';
import { type HealthSources, rowsOf } from './health.ts';

const DAY_MS = 86_400_000;
/** Lessons that are looked through for one that traded, and for those of today. */
const LESSONS = 500;

type SetupSources = {
  readonly parts: EngineParts;
  readonly health: HealthSources;
  readonly newestCycle: () => number;
  readonly portfolio: () => PortfolioView;
};

export const createSetupHandlers = (sources: SetupSources): Pick<AppHandlers, 'setup.get'> => ({
  'setup.get'() {
    const { parts, health } = sources;
    const lessons = parts.storage.memory.all(LESSONS);
    const { positions, openOrders } = sources.portfolio();
    const since = parts.market.clock.now() - DAY_MS;
    return setupViewOf({
      status: health.status(),
      health: rowsOf(health),
      pressed: sources.newestCycle() > 0,
      traded: lessons.some(({ traded }) => traded),
      models: parts.models.manager.list().models.length,
      exchangeKeys: parts.exchangeKeys.names().length,
      reviewed: parts.preferences.get().setupReviewed,
      modeChosen: parts.modes.chosen().by !== 'engine',
      positions: positions
        .filter(({ direction }) => direction !== 'flat')
        .map(({ instrument }) => ({
          instrument,
          protected: openOrders.some((order) => order.instrument === instrument && order.purpose === 'stop'),
        })),
      lessonsToday: lessons.filter(({ resolvedAt }) => resolvedAt >= since).length,
    });
  },
});
