import { useTranslation } from 'react-i18next';
import { TextField } from '../../components/text-field.tsx';

type Props = {
  readonly value: string;
  readonly onChange: (reason: string) => void;
  /** It was tried without one. */
  readonly missing: boolean;
};

/** Why the master does it, for the log: whatever is written into the books needs it. */
export function ReasonField({ value, onChange, missing }: Props) {
  const { t } = useTranslation();
  return (
    <TextField
      label={t('portfolio.reason')}
      note={t('portfolio.reasonNeeded')}
      wrong={missing ? t('portfolio.wrong.reason') : undefined}
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
