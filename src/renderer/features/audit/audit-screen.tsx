import { ChevronLeft, ChevronRight, ChevronsLeft, LoaderCircle, ShieldCheck, ShieldX } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { AuditVerdict } from '#shared/contract/audit.ts';
import { countText, shortHash } from '#shared/format/names.ts';
import { Button } from '../../components/button.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { useAudit, useEngine, useStores } from '../../stores/stores-context.tsx';
import { AuditTable } from './audit-table.tsx';

const WITNESS_WORDS: Readonly<Record<AuditVerdict['witnesses'][number]['state'], string>> = {
  agrees: 'agree',
  behind: 'agree, some records are newer',
  missing: 'none',
  disagrees: 'disagree',
};

function Verdict({ verdict }: { readonly verdict: AuditVerdict }) {
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
          ? `The chain is whole: ${countText(verdict.records, 'record')}.`
          : `The chain is broken${verdict.firstBadSeq === null ? '' : ` at record ${verdict.firstBadSeq}`}.`}
      </span>
      {verdict.why !== null && <span className="text-muted">{verdict.why}</span>}
      {verdict.witnesses.map(({ name, state, detail }) => (
        <span key={name} className={state === 'disagrees' ? 'text-danger' : 'text-muted'} title={detail}>
          {name.replace(/^the /, '')}: {WITNESS_WORDS[state]}
        </span>
      ))}
      {verdict.head !== null && (
        <span className="ml-auto flex items-center gap-1 text-muted">
          head <CopyText value={verdict.head} shown={shortHash(verdict.head)} what="journal head" />
        </span>
      )}
    </div>
  );
}

/** The append-only journal, and the proof that nobody changed it. */
export function AuditScreen() {
  const { audit } = useStores();
  const loaded = useStore(audit.records);
  const { path, verifying, verdict, verifyError } = useAudit((state) => state);
  const total = useEngine((state) => state.status?.journal.records ?? null);
  const records = loaded.data;
  useEffect(() => void audit.records.refresh(), [audit]);

  const newest = records?.[0]?.seq ?? 0;
  const oldest = records?.at(-1)?.seq ?? 0;
  const unseen = path.length === 0 && total !== null && records !== null ? Math.max(0, total - newest) : 0;

  return (
    <div className="flex h-full min-h-96 flex-col p-3">
      <h1 className="sr-only">Audit</h1>
      <Panel
        title="Journal"
        flush
        scroll
        className="flex-1"
        note={
          total === null ? undefined : `${countText(total, 'record')}, append-only, each chained to the one before it`
        }
        actions={
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
            {verifying ? 'Verifying…' : 'Verify'}
          </Button>
        }
      >
        <div className="flex h-full flex-col">
          {verdict !== null && <Verdict verdict={verdict} />}
          {verifyError !== null && <ErrorState error={verifyError} retry={() => void audit.verify()} />}
          <div className="min-h-0 flex-1 overflow-auto">
            <LoadedView loaded={loaded} what="the journal" retry={() => void audit.records.refresh()}>
              {(list) =>
                list.length === 0 ? (
                  <EmptyState>The journal is empty. Every stage of the first run is written here.</EmptyState>
                ) : (
                  <AuditTable records={list} />
                )
              }
            </LoadedView>
          </div>
          <div className="figure flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-t border-hair px-3 py-1 text-12 text-muted">
            {newest > 0 && (
              <span>
                Records {oldest} to {newest}
              </span>
            )}
            {unseen > 0 && (
              <Button kind="quiet" onClick={() => audit.newest()}>
                Show {countText(unseen, 'newer record')}
              </Button>
            )}
            <span className="ml-auto flex items-center gap-1.5">
              {path.length > 1 && (
                <Button onClick={() => audit.newest()} icon={<ChevronsLeft aria-hidden size={13} />}>
                  Newest
                </Button>
              )}
              <Button
                disabled={path.length === 0}
                onClick={() => audit.newer()}
                icon={<ChevronLeft aria-hidden size={13} />}
              >
                Newer
              </Button>
              <Button disabled={oldest <= 1} onClick={() => audit.older()}>
                Older
                <ChevronRight aria-hidden size={13} />
              </Button>
            </span>
          </div>
        </div>
      </Panel>
    </div>
  );
}
