import { type FormEvent, type MouseEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ApprovalView } from '#shared/contract/automation.ts';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { LimitsForm } from './limits-form.tsx';
import { TimeLeft } from './time-left.tsx';

/** Approve, lower, reject: one decision, however often and from however many faces it is pressed. */
export function ApprovalActions({ approval }: { readonly approval: ApprovalView }) {
  const { t } = useTranslation();
  const { automation } = useStores();
  const { id, kind, expiresAt } = approval;
  const busy = useStore(automation, (state) => state.deciding.includes(id));
  const error = useStore(automation, (state) => state.errors[id] ?? null);
  const [open, setOpen] = useState<'edit' | 'reject' | null>(null);
  const [reason, setReason] = useState('');
  const approve = (event: MouseEvent): void => {
    // The second half of a double click is no second decision.
    if (event.detail <= 1) void automation.approve(id);
  };
  const reject = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() !== '') void automation.reject(id, reason.trim());
  };
  const toggle = (what: 'edit' | 'reject') => (): void => setOpen(open === what ? null : what);

  return (
    <div data-testid="approval-actions">
      <div className="flex flex-wrap items-center gap-2 border-t border-hair px-4 py-3">
        <Button kind="primary" onClick={approve} aria-disabled={busy}>
          {busy ? t('approvals.approving') : t(kind === 'brief' ? 'approvals.approve' : 'approvals.approveEntry')}
        </Button>
        <Button onClick={toggle('edit')} aria-expanded={open === 'edit'}>
          {t('approvals.edit')}
        </Button>
        <Button onClick={toggle('reject')} aria-expanded={open === 'reject'}>
          {t('approvals.reject')}
        </Button>
        <span className="ml-auto">
          <TimeLeft expiresAt={expiresAt} />
        </span>
      </div>
      {open === 'edit' && (
        <LimitsForm
          approval={approval}
          busy={busy}
          onSave={(limits) => void automation.lower(id, limits).then((done) => (done ? setOpen(null) : undefined))}
          onCancel={() => setOpen(null)}
        />
      )}
      {open === 'reject' && (
        <form onSubmit={reject} className="flex flex-wrap items-end gap-2 border-t border-hair px-4 py-3">
          <TextField
            label={t('approvals.reason')}
            value={reason}
            maxLength={200}
            className="min-w-56 flex-1"
            onChange={({ target }) => setReason(target.value)}
          />
          <Button type="submit" kind="danger" disabled={busy || reason.trim() === ''}>
            {t('approvals.rejectNow')}
          </Button>
          <Button onClick={() => setOpen(null)}>{t('approvals.cancel')}</Button>
        </form>
      )}
      {error !== null && <ErrorState error={error} />}
    </div>
  );
}
