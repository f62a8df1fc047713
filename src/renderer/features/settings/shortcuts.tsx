import { useTranslation } from 'react-i18next';
import { usePreference } from '../../app/preferences.ts';
import { Setting } from '../../components/setting.tsx';
import { Switch } from '../../components/switch.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { ShortcutRows } from './shortcut-rows.tsx';

export function ShortcutsSection() {
  const { t } = useTranslation();
  const { preferences } = useStores();
  const single = usePreference('singleKeyShortcuts');
  return (
    <>
      <Setting
        id="singleKeyShortcuts"
        label={t('settings.shortcuts.singleKeys')}
        note={t('settings.shortcuts.singleKeysNote')}
      >
        {(labelledBy) => (
          <Switch
            labelledBy={labelledBy}
            checked={single}
            onChange={(on) => void preferences.change({ singleKeyShortcuts: on })}
          />
        )}
      </Setting>
      <div className="border-t border-hair px-3 py-3">
        <h3 className="mb-1 text-13 font-medium">{t('settings.shortcuts.list')}</h3>
        <ShortcutRows />
      </div>
    </>
  );
}
