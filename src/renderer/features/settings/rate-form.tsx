import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { preferences as schema } from '#shared/contract/preferences.ts';
import { rateAgeDays } from '#shared/format/display-money.ts';
import { dateText } from '#shared/format/time.ts';
import { useNow } from '../../app/now.ts';
import { usePreference } from '../../app/preferences.ts';
import { Button } from '../../components/button.tsx';
import { Setting } from '../../components/setting.tsx';
import { useStores } from '../../stores/stores-context.tsx';

const FIELD = 'figure h-8 rounded-control border border-line bg-bg2 px-2 text-12 text-ink aria-invalid:border-danger';

/** The rate that shillings are shown at: typed, dated, and shown with its age. */
export function RateForm() {
  const { t } = useTranslation();
  const { preferences } = useStores();
  const id = useId();
  const now = useNow();
  const kept = usePreference('kesRate');
  const [rate, setRate] = useState(kept?.kesPerUsd ?? '');
  const [day, setDay] = useState(kept?.on ?? dateText(now, 'UTC'));
  const [wrong, setWrong] = useState(false);

  const save = (event: FormEvent): void => {
    event.preventDefault();
    const read = schema.shape.kesRate.safeParse({ kesPerUsd: rate.trim(), on: day });
    setWrong(!read.success);
    if (read.success) void preferences.change({ kesRate: read.data });
  };

  return (
    <Setting
      id="kesRate"
      label={t('settings.general.rate')}
      note={
        <>
          {t('settings.general.rateNote')}{' '}
          {kept === null
            ? t('settings.general.rateNone')
            : t('settings.general.rateAge', { count: rateAgeDays(kept.on, now) })}
        </>
      }
    >
      {(labelledBy) => (
        <form onSubmit={save} className="flex flex-wrap items-center gap-2">
          <input
            value={rate}
            inputMode="decimal"
            autoComplete="off"
            aria-labelledby={labelledBy}
            aria-invalid={wrong}
            aria-describedby={wrong ? `${id}-wrong` : undefined}
            onChange={(event) => setRate(event.target.value)}
            className={`${FIELD} w-28`}
          />
          <input
            type="date"
            value={day}
            aria-label={t('settings.general.rateDay')}
            onChange={(event) => setDay(event.target.value)}
            className={FIELD}
          />
          <Button type="submit">{t('settings.general.rateSave')}</Button>
          {kept !== null && (
            <Button kind="quiet" onClick={() => void preferences.change({ kesRate: null })}>
              {t('settings.general.rateClear')}
            </Button>
          )}
          {wrong && (
            <p id={`${id}-wrong`} role="alert" className="w-full max-w-sm text-11 text-danger">
              {t('settings.general.rateWrong')}
            </p>
          )}
        </form>
      )}
    </Setting>
  );
}
