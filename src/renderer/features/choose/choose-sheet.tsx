import { useTranslation } from 'react-i18next';
import { Sheet } from '../../components/sheet.tsx';
import { useLaunchState, useStores } from '../../stores/stores-context.tsx';
import { ChoiceForm } from './choice-form.tsx';

/** The form in which the master chooses an agent himself, where it was asked for. */
export function ChooseSheet() {
  const { t } = useTranslation();
  const { launch } = useStores();
  const { instrument, choosing } = useLaunchState((state) => state);
  const close = (): void => launch.setState({ choosing: null });
  return (
    <Sheet open={choosing !== null} onClose={close} title={t('choose.title', { instrument })}>
      {choosing !== null && <ChoiceForm key={choosing.parent ?? ''} parent={choosing.parent} onStarted={close} />}
    </Sheet>
  );
}
