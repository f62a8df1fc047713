import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';

/** What is wrong with what was typed, told before anything is sent. */
export const Problem = ({ text }: { readonly text: string | null }) =>
  text === null ? null : (
    <p role="alert" className="mt-2 text-12 text-danger">
      {text}
    </p>
  );

type ButtonsProps = { readonly onClose: () => void; readonly action: string; readonly disabled: boolean };

/** The way out and the act, at the end of a form in a sheet. */
export function Buttons({ onClose, action, disabled }: ButtonsProps) {
  const { t } = useTranslation();
  return (
    <div className="mt-4 flex justify-end gap-2">
      <Button onClick={onClose} disabled={disabled}>
        {t('vault.cancel')}
      </Button>
      <Button kind="primary" type="submit" disabled={disabled}>
        {action}
      </Button>
    </div>
  );
}
