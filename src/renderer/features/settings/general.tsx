import { useTranslation } from 'react-i18next';
import { clockText } from '#shared/format/time.ts';
import { useNow } from '../../app/now.ts';
import { usePreference } from '../../app/preferences.ts';
import { zone } from '../../app/zone.ts';
import { Choice } from '../../components/choice.tsx';
import { Select } from '../../components/select.tsx';
import { Setting } from '../../components/setting.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { RateForm } from './rate-form.tsx';

const LANGUAGES = ['system', 'en', 'sw'] as const;
const REGIONS = ['system', 'KE', 'US'] as const;
const MACHINE_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ZONES = Intl.supportedValuesOf('timeZone');

/** Language, time and money. */
export function GeneralSection() {
  const { t } = useTranslation();
  const { preferences } = useStores();
  const now = useNow();
  const language = usePreference('language');
  const region = usePreference('region');
  const timeZone = usePreference('timeZone');
  const currency = usePreference('displayCurrency');
  const rate = usePreference('kesRate');
  return (
    <>
      <Setting id="language" label={t('settings.general.language')} note={t('settings.general.languageNote')}>
        {(labelledBy) => (
          <Choice
            labelledBy={labelledBy}
            value={language}
            // Pseudo is offered only to whoever has chosen it, by mt config.
            options={[...LANGUAGES, ...(language === 'pseudo' ? (['pseudo'] as const) : [])].map((value) => ({
              value,
              label: t(`settings.general.languages.${value}`),
            }))}
            onChange={(value) => void preferences.change({ language: value })}
          />
        )}
      </Setting>
      <Setting
        id="timeZone"
        label={t('settings.general.timeZone')}
        note={t('settings.general.timeZoneNote', { time: clockText(now, zone) })}
      >
        {(labelledBy) => (
          <Select
            labelledBy={labelledBy}
            value={timeZone}
            options={[
              { value: 'system', label: t('settings.general.timeZoneSystem', { zone: MACHINE_ZONE }) },
              ...ZONES.map((name) => ({ value: name, label: name })),
            ]}
            onChange={(value) => void preferences.change({ timeZone: value })}
          />
        )}
      </Setting>
      <Setting id="displayCurrency" label={t('settings.general.currency')} note={t('settings.general.currencyNote')}>
        {(labelledBy) => (
          <Choice
            labelledBy={labelledBy}
            value={currency}
            options={[
              { value: 'USD', label: 'USD' },
              { value: 'KES', label: 'KES' },
            ]}
            onChange={(value) => void preferences.change({ displayCurrency: value })}
          />
        )}
      </Setting>
      <RateForm key={rate === null ? '' : `${rate.kesPerUsd} ${rate.on}`} />
      <Setting id="region" label={t('settings.general.region')}>
        {(labelledBy) => (
          <Choice
            labelledBy={labelledBy}
            value={region}
            options={REGIONS.map((value) => ({ value, label: t(`settings.general.regions.${value}`) }))}
            onChange={(value) => void preferences.change({ region: value })}
          />
        )}
      </Setting>
    </>
  );
}
