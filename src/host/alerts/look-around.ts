import { minuteOf } from '#core/domain/day-hours.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { EngineStatus } from '#shared/contract/engine.ts';
import type { DownloadView } from '#shared/contract/models.ts';
import type { Preferences } from '#shared/contract/preferences.ts';
import { conditionsOf, type Seen } from './conditions.ts';
import type { Alerts } from './open-alerts.ts';
import { dayIn, minuteOfDay } from './time-of-day.ts';
import { createConditionWatch } from './watch-conditions.ts';

const LOOK_MS = 5_000;
/** Nothing ran for so long: the machine slept. A busy moment is shorter. */
const SLEPT_MS = 60_000;
const MINUTE_MS = 60_000;

export type LookAround = {
  readonly alerts: Pick<Alerts, 'raise'>;
  readonly seen: () => Seen;
  readonly downloads: () => readonly Pick<DownloadView, 'id' | 'name' | 'state' | 'why'>[];
  readonly status: () => EngineStatus;
  readonly preferences: () => Pick<Preferences, 'dailySummaryTime' | 'timeZone'>;
  readonly logger: Logger;
};

/** What the records do not tell: looked for every few seconds, for as long as the engine runs by itself. Returns one look, for tests, and the end. */
export function lookAround(options: LookAround): { readonly look: (now: number) => void; readonly stop: () => void } {
  const { alerts, logger } = options;
  const conditions = createConditionWatch((raised) => alerts.raise(raised));
  const arriving = new Set<string>();
  let lookedAt: number | undefined;

  const look = (now: number): void => {
    const seen = options.seen();
    const away = lookedAt === undefined ? 0 : now - lookedAt;
    lookedAt = now;
    if (away >= SLEPT_MS) {
      const facts = { minutes: Math.round(away / MINUTE_MS), accounts: seen.accounts.length };
      alerts.raise({ kind: 'machine_slept', facts, environment: null, link: '/alerts', about: String(now) });
    }
    conditions.look(conditionsOf(seen), now);
    tellDownloads();
    tellSummary(now);
  };

  function tellDownloads(): void {
    for (const { id, name, state, why } of options.downloads()) {
      if (state === 'running') {
        arriving.add(id);
        continue;
      }
      if (!arriving.delete(id)) continue;
      const place = { environment: null, link: '/models', about: `${id}|${lookedAt}` };
      if (state === 'done') alerts.raise({ kind: 'model_ready', facts: { name }, ...place });
      if (state === 'failed')
        alerts.raise({ kind: 'download_failed', facts: { name, why: why ?? 'see mt models ls' }, ...place });
    }
  }

  function tellSummary(now: number): void {
    const { dailySummaryTime, timeZone } = options.preferences();
    if (dailySummaryTime === null || minuteOfDay(now, timeZone) < minuteOf(dailySummaryTime)) return;
    const { environment, dayPnl, dayPnlFraction, quoteAsset, agentsRunning, drawdownFraction } = options.status();
    alerts.raise({
      kind: 'daily_summary',
      facts: {
        dayFraction: dayPnlFraction,
        dayAmount: dayPnl,
        quote: quoteAsset,
        agents: agentsRunning,
        drawdown: drawdownFraction,
      },
      environment,
      link: '/portfolio',
      about: dayIn(now, timeZone),
      once: 'until kept',
    });
  }

  const timer = setInterval(() => {
    try {
      look(Date.now());
    } catch (error) {
      logger.error('the alerts could not look around', error);
    }
  }, LOOK_MS).unref();
  return { look, stop: () => clearInterval(timer) };
}
