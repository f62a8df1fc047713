import { useTranslation } from 'react-i18next';
import { DENSITIES, PALETTES } from '#shared/contract/preferences.ts';
import { usePreference } from '../../app/preferences.ts';
import { Choice } from '../../components/choice.tsx';
import { Setting } from '../../components/setting.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { LookExample } from './look-example.tsx';

const THEMES = ['system', 'dark', 'light'] as const;
const MOTIONS = ['system', 'on'] as const;

/** How the window looks; each change shows at once, here and behind. */
export function AppearanceSection() {
  const { t } = useTranslation();
  const { preferences } = useStores();
  const theme = usePreference('theme');
  const palette = usePreference('palette');
  const density = usePreference('density');
  const motion = usePreference('reduceMotion');
  return (
    <>
      <Setting id="theme" label={t('settings.appearance.theme')}>
        {(labelledBy) => (
          <Choice
            labelledBy={labelledBy}
            value={theme}
            options={THEMES.map((value) => ({ value, label: t(`settings.appearance.themes.${value}`) }))}
            onChange={(value) => void preferences.change({ theme: value })}
          />
        )}
      </Setting>
      <Setting id="palette" label={t('settings.appearance.palette')} note={t('settings.appearance.paletteNote')}>
        {(labelledBy) => (
          <div className="flex flex-wrap items-start gap-3">
            <Choice
              stacked
              labelledBy={labelledBy}
              value={palette}
              options={(['auto', ...PALETTES] as const).map((value) => ({
                value,
                label: t(`settings.appearance.palettes.${value}`),
                note: t(`settings.appearance.paletteNotes.${value}`),
              }))}
              onChange={(value) => void preferences.change({ palette: value })}
            />
            <LookExample />
          </div>
        )}
      </Setting>
      <Setting id="density" label={t('settings.appearance.density')} note={t('settings.appearance.densityNote')}>
        {(labelledBy) => (
          <Choice
            labelledBy={labelledBy}
            value={density}
            options={DENSITIES.map((value) => ({ value, label: t(`settings.appearance.densities.${value}`) }))}
            onChange={(value) => void preferences.change({ density: value })}
          />
        )}
      </Setting>
      <Setting id="reduceMotion" label={t('settings.appearance.motion')} note={t('settings.appearance.motionNote')}>
        {(labelledBy) => (
          <Choice
            labelledBy={labelledBy}
            value={motion}
            options={MOTIONS.map((value) => ({ value, label: t(`settings.appearance.motions.${value}`) }))}
            onChange={(value) => void preferences.change({ reduceMotion: value })}
          />
        )}
      </Setting>
    </>
  );
}
