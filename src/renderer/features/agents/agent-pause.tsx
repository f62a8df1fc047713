import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentView } from '#shared/contract/agents.ts';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';

/** Pauses an agent at one press, because that only takes risk away. Letting it open again asks for a reason, and the engine for a proof. */
export function AgentPause({ agent }: { readonly agent: AgentView }) {
  const { t } = useTranslation();
  const { agents } = useStores();
  const act = useAct();
  const [resuming, setResuming] = useState(false);
  const { agentId, paused } = agent;
  if (paused === null)
    return (
      <>
        {act.error !== null && <ErrorState error={act.error} />}
        <Button
          title={t('agents.pauseMeans')}
          disabled={act.busy}
          onClick={() => void act.run(() => agents.pause(agentId, 'paused in the window'))}
        >
          {t('agents.pause')}
        </Button>
      </>
    );
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setResuming(true)}>
        {t('agents.resume')}
      </Button>
      <Sheet open={resuming} onClose={() => setResuming(false)} title={t('agents.resumeTitle', { agent: agentId })}>
        <Resuming agentId={agentId} onDone={() => setResuming(false)} />
      </Sheet>
    </>
  );
}

function Resuming({ agentId, onDone }: { readonly agentId: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { agents } = useStores();
  const act = useAct();
  const [reason, setReason] = useState('');
  const why = reason.trim();
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (why !== '') void act.run(() => agents.resume(agentId, why)).then((done) => (done ? onDone() : undefined));
      }}
    >
      {act.error !== null && <ErrorState error={act.error} />}
      <p className="text-12 text-muted">{t('agents.resumeMeans')}</p>
      <TextField
        label={t('agents.resumeWhy')}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>{t('agents.resumeNo')}</Button>
        <Button kind="primary" type="submit" disabled={act.busy || why === ''}>
          {t('agents.resumeYes')}
        </Button>
      </div>
    </form>
  );
}
