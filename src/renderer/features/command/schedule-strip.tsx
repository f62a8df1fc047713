import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ScheduleView } from '#shared/contract/schedule.ts';
import { zoneName } from '#shared/format/time.ts';
import { said } from '../../app/said.ts';
import { zone } from '../../app/zone.ts';
import { Moment } from '../../components/moment.tsx';
import { Select } from '../../components/select.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Switch } from '../../components/switch.tsx';
import { useLaunchState, useStores } from '../../stores/stores-context.tsx';

/** Minutes that are offered; others are set with mt schedule set. */
const OFFERED = [5, 15, 30, 60, 240, 1_440];
const HOUR = 60;
/** Candles of a press whose interval was left to the engine. */
const USUAL_INTERVAL = '5m';

/** When the engine presses by itself next, or why not, with what switches it and how often. */
export function ScheduleStrip() {
  const { t } = useTranslation();
  const { schedule } = useStores();
  const { data, error } = useStore(schedule);
  const { busy, error: refused } = useStore(schedule.change);
  const chosen = useLaunchState((state) => state);
  const label = useId();
  if (data === null) return error === null ? null : <ErrorState error={error} retry={() => void schedule.refresh()} />;
  const { on, setting } = data;
  const turn = (next: boolean): void => {
    // What stands above is what would be pressed; a venue that was chosen in the terminal stays.
    const pressed = { instrument: chosen.instrument, interval: chosen.interval ?? USUAL_INTERVAL };
    void schedule.set({ on: next, ...(next && setting.market.kind === 'generator' ? pressed : {}) });
  };
  const every = (minutes: number): string =>
    minutes % HOUR === 0
      ? t('command.schedule.hours', { count: minutes / HOUR })
      : t('command.schedule.minutes', { count: minutes });
  const offered = OFFERED.includes(setting.everyMinutes) ? OFFERED : [setting.everyMinutes, ...OFFERED];
  return (
    <section aria-labelledby={label} data-testid="schedule" data-on={on} className="border-t border-hair">
      <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-1.5 text-12">
        <h2 id={label} className="text-12 font-normal text-muted">
          {t('command.schedule.title')}
        </h2>
        <Switch checked={on} labelledBy={label} disabled={busy} onChange={turn} />
        <Select
          label={t('command.schedule.every')}
          value={String(setting.everyMinutes)}
          options={offered.map((minutes) => ({ value: String(minutes), label: every(minutes) }))}
          disabled={busy}
          onChange={(value) => void schedule.set({ on, everyMinutes: Number(value) })}
        />
        <p role="status" data-testid="schedule-next" className="figure min-w-0 flex-1 basis-64">
          <NextPress {...data} />
        </p>
      </div>
      {refused !== null && <ErrorState error={refused} />}
    </section>
  );
}

function NextPress({ on, setting, nextAt, paused, last }: ScheduleView) {
  const { t } = useTranslation();
  if (!on) return <span className="text-muted">{t('command.schedule.off')}</span>;
  const { instrument, interval, market, between } = setting;
  return (
    <>
      {paused === null ? (
        nextAt !== null && (
          <>
            {t('command.schedule.next')} <Moment ms={nextAt} form="short" /> {zoneName(nextAt, zone)}
          </>
        )
      ) : (
        <span className="text-warn">{t('command.schedule.paused', { why: t(`command.schedule.why.${paused}`) })}</span>
      )}
      <span className="text-muted">
        {` · ${instrument} ${interval}`}
        {market.kind === 'venue' && ` · ${market.mode} ${market.venue}`}
        {between !== null && ` · ${between.from}–${between.to}`}
        {paused === null && last?.what === 'skipped' && ` · ${t('command.schedule.skipped', { why: said(last.why) })}`}
      </span>
    </>
  );
}
