import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Setting } from '../../components/setting.tsx';
import { useStores } from '../../stores/stores-context.tsx';

/** Whether the system has a sensor that the window may ask, and what it is good for. */
export function BiometricSetting() {
  const { t } = useTranslation();
  const { access } = useStores();
  const name = useStore(access.status, ({ data }) => data?.biometric ?? null);
  return (
    <Setting
      id="biometric"
      label={t('security.biometric')}
      note={name === null ? t('security.biometricNone') : t('security.biometricIs', { name })}
    >
      {() => null}
    </Setting>
  );
}
