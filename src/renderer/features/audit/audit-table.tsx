import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditRecord } from '#shared/contract/audit.ts';
import { shortHash } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { Moment } from '../../components/moment.tsx';
import { Cell, type Column, Table } from '../../components/table.tsx';
import { prettyPayload } from './payload.ts';

type Props = {
  readonly records: readonly AuditRecord[];
  /** A proof of one record is wanted. */
  readonly onProof: (seq: number) => void;
};

/** Records newest first; a row opens to its payload as it is hashed. */
export function AuditTable({ records, onProof }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<number | null>(null);
  const columns: readonly Column[] = [
    { label: t('audit.record') },
    { label: t('audit.time') },
    { label: t('audit.run') },
    { label: t('audit.type') },
    { label: t('audit.what'), className: 'w-full' },
    { label: t('audit.hash'), align: 'right' },
  ];
  return (
    <Table label={t('audit.table')} columns={columns}>
      {records.map((record) => {
        const shown = open === record.seq;
        const detail = `record-${record.seq}`;
        return (
          <Fragment key={record.seq}>
            <tr className={clsx('fade', shown ? 'bg-bg2' : 'hover:bg-bg2')}>
              <Cell>
                <button
                  type="button"
                  aria-expanded={shown}
                  aria-controls={shown ? detail : undefined}
                  aria-label={t(shown ? 'audit.hide' : 'audit.show', { seq: record.seq })}
                  onClick={() => setOpen(shown ? null : record.seq)}
                  className="figure-mono -ml-1 flex h-6 min-w-14 items-center gap-1 rounded-control pr-1 text-ink"
                >
                  <ChevronRight aria-hidden size={13} className={clsx('text-faint', shown && 'rotate-90')} />
                  {record.seq}
                </button>
              </Cell>
              <Cell>
                <Moment ms={record.ts} className="text-muted" />
              </Cell>
              <Cell className="figure-mono text-muted">{record.runId}</Cell>
              <Cell className="figure-mono text-accent">{record.type}</Cell>
              <Cell className="max-w-0 truncate">
                <span title={said(record.summary)}>{said(record.summary)}</span>
              </Cell>
              <Cell align="right" className="figure-mono text-faint">
                {shortHash(record.hash)}
              </Cell>
            </tr>
            {shown && (
              <tr id={detail}>
                <td colSpan={columns.length} className="border-t border-hair bg-bg0 p-3">
                  <p className="mb-2 text-12">{said(record.summary)}</p>
                  <pre
                    className="figure-mono max-h-72 overflow-auto text-12 leading-relaxed whitespace-pre-wrap"
                    tabIndex={0}
                  >
                    {prettyPayload(record.payload)}
                  </pre>
                  <div className="mt-2 flex items-center gap-1 text-12 text-muted">
                    {t('audit.hashName')} <CopyText value={record.hash} what={t('audit.hashName')} />
                    <Button kind="quiet" className="ml-auto" onClick={() => onProof(record.seq)}>
                      {t('audit.proofOf', { seq: record.seq })}
                    </Button>
                  </div>
                </td>
              </tr>
            )}
          </Fragment>
        );
      })}
    </Table>
  );
}
