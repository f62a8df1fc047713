import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copySecret } from '../../app/copy-secret.ts';
import { Button } from '../../components/button.tsx';

type Props = { readonly codes: readonly string[]; readonly onDone: () => void };

/** Ten codes for paper, shown once. */
export function BackupCodes({ codes, onDone }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  return (
    <>
      <p className="text-muted">{t('security.codesText')}</p>
      <ul
        data-testid="backup-codes"
        className="figure-mono mt-3 grid grid-cols-2 gap-x-6 rounded-control border border-line bg-bg2 p-3 text-13 leading-6"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <p className="mt-1 text-11 text-faint">{t('security.copyNote')}</p>
      <div className="mt-4 flex justify-end gap-2">
        <Button
          onClick={() => void copySecret(codes.join('\n')).then(() => setCopied(true))}
          icon={copied ? <Check aria-hidden size={12} /> : <Copy aria-hidden size={12} />}
        >
          {t(copied ? 'security.copied' : 'security.copy')}
        </Button>
        <Button kind="primary" onClick={onDone}>
          {t('security.haveCodes')}
        </Button>
      </div>
    </>
  );
}
