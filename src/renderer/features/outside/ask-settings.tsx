import { useTranslation } from 'react-i18next';
import { ENTRY_POLICIES } from '#shared/contract/preferences.ts';
import { usePreference } from '../../app/preferences.ts';
import { Choice } from '../../components/choice.tsx';
import { Select } from '../../components/select.tsx';
import { Setting } from '../../components/setting.tsx';
import { useStores } from '../../stores/stores-context.tsx';

const MINUTES = [2, 5, 10, 30, 60, 240] as const;

/** Which entries of an agent ask the master, and how long he has. */
export function AskSettings() {
  const { t } = useTranslation();
  const { preferences } = useStores();
  const policy = usePreference('askEntries');
  const minutes = usePreference('approvalMinutes');
  const offered = [...new Set([...MINUTES, minutes])].toSorted((a, b) => a - b);
  return (
    <>
      <Setting id="askEntries" label={t('outside.asks')} note={t('outside.asksNote')}>
        {(labelledBy) => (
          <Choice
            stacked
            labelledBy={labelledBy}
            value={policy}
            options={ENTRY_POLICIES.map((value) => ({ value, label: t(`outside.asksOptions.${value}`) }))}
            onChange={(askEntries) => void preferences.change({ askEntries })}
          />
        )}
      </Setting>
      <Setting id="approvalMinutes" label={t('outside.approvalMinutes')} note={t('outside.approvalMinutesNote')}>
        {(labelledBy) => (
          <Select
            labelledBy={labelledBy}
            value={String(minutes)}
            options={offered.map((count) => ({ value: String(count), label: t('outside.minutes', { count }) }))}
            onChange={(text) => void preferences.change({ approvalMinutes: Number(text) })}
          />
        )}
      </Setting>
    </>
  );
}
