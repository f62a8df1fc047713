import { ChevronLeft, ChevronRight, ChevronsLeft, FileLock2, LoaderCircle, ShieldCheck, ShieldX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AuditVerdict } from '#shared/contract/audit.ts';
import { decimalText } from '#shared/format/figures.ts';
import { shortHash } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { useAudit, useEngine, useStores } from '../../stores/stores-context.tsx';
import { AuditTable } from './audit-table.tsx';
import { ProofSheet } from './proof-sheet.tsx';

function Verdict({ verdict }: { readonly verdict: AuditVerdict }) {
  const { t } = useTranslation();
  return (
    <div
      role="status"
      data-testid="verdict"
      data-ok={verdict.ok}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-hair bg-bg2/40 px-3 py-2 text-12"
    >
      {verdict.ok ? (
        <ShieldCheck aria-hidden size={16} className="text-ok" />
      ) : (
        <ShieldX aria-hidden size={16} className="text-danger" />
      )}
      <span className="figure font-bold">
        {verdict.ok
          ? t('audit.whole', { count: verdict.records, shown: decimalText(String(verdict.records)) })
          : verdict.firstBadSeq === null
            ? t('audit.broken')
            : t('audit.brokenAt', { seq: verdict.firstBadSeq })}
      </span>
      {verdict.why !== null && <span className="text-muted">{said(verdict.why)}</span>}
      {verdict.witnesses.map(({ name, state, detail }) => (
        <span key={name} className={state === 'disagrees' ? 'text-danger' : 'text-muted'} title={said(detail)}>
          {t('audit.witness', { name: said(name).replace(/^the /, ''), state: t(`audit.witnesses.${state}`) })}
        </span>
      ))}
      {verdict.head !== null && (
        <span className="ml-auto flex items-center gap-1 text-muted">
          {t('audit.head')}
          <CopyText value={verdict.head} shown={shortHash(verdict.head)} what={t('audit.headName')} />
        </span>
      )}
    </div>
  );
}

/** The append-only journal, and the proof that nobody changed it. */
export function AuditScreen() {
  const { t } = useTranslation();
  const { audit } = useStores();
  const loaded = useStore(audit.records);
  const { path, verifying, verdict, verifyError } = useAudit((state) => state);
  const total = useEngine((state) => state.status?.journal.records ?? null);
  const records = loaded.data;
  const [proof, setProof] = useState<number | 'whole' | null>(null);
  useEffect(() => void audit.records.refresh(), [audit]);

  const newest = records?.[0]?.seq ?? 0;
  const oldest = records?.at(-1)?.seq ?? 0;
  const unseen = path.length === 0 && total !== null && records !== null ? Math.max(0, total - newest) : 0;

  return (
    <div className="flex h-full min-h-96 flex-col p-3">
      <h1 className="sr-only">{t('audit.title')}</h1>
      <Panel
        title={t('audit.journal')}
        flush
        scroll
        className="flex-1"
        note={total === null ? undefined : t('audit.note', { count: total, shown: decimalText(String(total)) })}
        actions={
          <>
            <Button onClick={() => setProof('whole')} icon={<FileLock2 aria-hidden size={13} />}>
              {t('audit.proof')}
            </Button>
            <Button
              onClick={() => void audit.verify()}
              disabled={verifying}
              icon={
                verifying ? (
                  <LoaderCircle aria-hidden size={13} className="spin" />
                ) : (
                  <ShieldCheck aria-hidden size={13} />
                )
              }
            >
              {verifying ? t('audit.verifying') : t('audit.verify')}
            </Button>
          </>
        }
      >
        <div className="flex h-full flex-col">
          {verdict !== null && <Verdict verdict={verdict} />}
          {verifyError !== null && <ErrorState error={verifyError} retry={() => void audit.verify()} />}
          <div className="min-h-0 flex-1 overflow-auto">
            <LoadedView
              loaded={loaded}
              what={t('audit.loading')}
              retry={() => void audit.records.refresh()}
              cancel={audit.records.giveUp}
            >
              {(list) =>
                list.length === 0 ? (
                  <EmptyState>{t('audit.empty')}</EmptyState>
                ) : (
                  <AuditTable records={list} onProof={setProof} />
                )
              }
            </LoadedView>
          </div>
          <div className="figure flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-t border-hair px-3 py-1 text-12 text-muted">
            {newest > 0 && <span>{t('audit.range', { oldest, newest })}</span>}
            {unseen > 0 && (
              <Button kind="quiet" onClick={() => audit.newest()}>
                {t('audit.unseen', { count: unseen, shown: decimalText(String(unseen)) })}
              </Button>
            )}
            <span className="ml-auto flex items-center gap-1.5">
              {path.length > 1 && (
                <Button onClick={() => audit.newest()} icon={<ChevronsLeft aria-hidden size={13} />}>
                  {t('audit.newest')}
                </Button>
              )}
              <Button
                disabled={path.length === 0}
                onClick={() => audit.newer()}
                icon={<ChevronLeft aria-hidden size={13} />}
              >
                {t('audit.newer')}
              </Button>
              <Button disabled={oldest <= 1} onClick={() => audit.older()}>
                {t('audit.older')}
                <ChevronRight aria-hidden size={13} />
              </Button>
            </span>
          </div>
        </div>
      </Panel>
      {proof !== null && <ProofSheet seq={proof === 'whole' ? null : proof} onClose={() => setProof(null)} />}
    </div>
  );
}
