import { useEffect } from 'react';
import { useStores } from '../../stores/stores-context.tsx';
import { TokensPart } from '../outside/tokens-part.tsx';
import { AccessLog } from './access-log.tsx';
import { BiometricSetting } from './biometric-setting.tsx';
import { LockSettings } from './lock-settings.tsx';
import { ProtectionSettings } from './protection-settings.tsx';
import { TotpSetting } from './totp-setting.tsx';

/** Who gets in, by what proof, and who came. */
export function SecuritySection() {
  const { access } = useStores();
  useEffect(() => {
    void access.refresh();
  }, [access]);
  return (
    <>
      <ProtectionSettings />
      <TotpSetting />
      <BiometricSetting />
      <LockSettings />
      <TokensPart />
      <AccessLog />
    </>
  );
}
