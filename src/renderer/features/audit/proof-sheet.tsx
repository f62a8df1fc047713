import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AppOutput } from '#shared/contract/app-contract.ts';
import { decimalText } from '#shared/format/figures.ts';
import { useAct } from '../../app/use-act.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Pairs } from '../../components/pairs.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState, LoadedView } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { Buttons } from '../vault/sheet-parts.tsx';

type Props = {
  /** One record, or null for all of them. */
  readonly seq: number | null;
  readonly onClose: () => void;
};

const fileOf = (path: string): string => path.replace(/^.*[\\/]/, '');

/** Writes a signed proof into a folder, and says by which words the reader checks it. */
export function ProofSheet({ seq, onClose }: Props) {
  const { t } = useTranslation();
  const { audit } = useStores();
  const { busy, error, run } = useAct();
  const [dir, setDir] = useState('');
  const [written, setWritten] = useState<AppOutput<'audit.export'> | null>(null);
  useEffect(() => void audit.status.refresh(), [audit]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const folder = dir.trim();
    void run(async () =>
      setWritten(await audit.export({ ...(folder === '' ? {} : { dir: folder }), ...(seq === null ? {} : { seq }) })),
    );
  };
  return (
    <Sheet open onClose={onClose} title={t('audit.proofTitle')}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <p className="text-12 text-muted">{seq === null ? t('audit.proofWhole') : t('audit.proofOne', { seq })}</p>
        <Signatures />
        <TextField
          label={t('audit.proofDir')}
          note={t('audit.proofDirNote')}
          value={dir}
          onChange={(event) => setDir(event.target.value)}
        />
        {error !== null && <ErrorState error={error} />}
        <div role="status" className="flex flex-col gap-1 text-12 empty:hidden">
          {written !== null && (
            <>
              <p className="break-words">{t('audit.proofDone', { path: written.path })}</p>
              <p className="flex flex-wrap items-center gap-1 text-muted">
                {t('audit.proofCheck')}
                <CopyText value={`node verify.mjs ${fileOf(written.path)}`} what={t('audit.proofCheckName')} />
              </p>
            </>
          )}
        </div>
        <Buttons onClose={onClose} action={t(busy ? 'audit.proofBusy' : 'audit.proofDo')} disabled={busy} />
      </form>
    </Sheet>
  );
}

/** Up to where the journal is signed, and by which key. */
function Signatures() {
  const { t } = useTranslation();
  const { audit } = useStores();
  const loaded = useStore(audit.status);
  const shown = (count: number): string => decimalText(String(count));
  return (
    <LoadedView
      loaded={loaded}
      what={t('audit.signing')}
      retry={() => void audit.status.refresh()}
      cancel={audit.status.giveUp}
    >
      {({ signed, unsigned, fingerprint }) => (
        <>
          <Pairs
            pairs={[
              {
                label: t('audit.signed'),
                value:
                  signed === null
                    ? t('audit.nothingSigned')
                    : t('audit.signedUpTo', { size: shown(signed.size), counter: shown(signed.counter) }),
              },
              { label: t('audit.unsigned'), value: shown(unsigned) },
              { label: t('audit.key'), value: <CopyText value={fingerprint} what={t('audit.keyName')} /> },
            ]}
          />
          <p className="text-11 text-faint">{t('audit.keyNote')}</p>
        </>
      )}
    </LoadedView>
  );
}
