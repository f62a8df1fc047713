import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { AgentView } from '#shared/contract/agents.ts';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { AgentPause } from './agent-pause.tsx';
import { isAtWork } from './agent-state.tsx';

/** What can be done with one agent: pause or end it while it works, and look at its market again. */
export function AgentActions({ agent }: { readonly agent: AgentView }) {
  const { t } = useTranslation();
  const { launch } = useStores();
  const [, navigate] = useLocation();
  const [ending, setEnding] = useState(false);
  const again = (): void => {
    launch.setState({ instrument: agent.instrument, interval: agent.interval });
    navigate('/');
  };
  const clone = (): void => {
    again();
    launch.setState({ choosing: { parent: agent.agentId } });
  };
  return (
    <>
      <Button onClick={clone}>{t('choose.clone')}</Button>
      <Button onClick={again}>{t('agents.again')}</Button>
      {isAtWork(agent) && <AgentPause agent={agent} />}
      {isAtWork(agent) && (
        <Button aria-haspopup="dialog" onClick={() => setEnding(true)}>
          {t('agents.retire')}
        </Button>
      )}
      <Sheet open={ending} onClose={() => setEnding(false)} title={t('agents.endsTitle', { agent: agent.agentId })}>
        <Ending agent={agent} />
      </Sheet>
    </>
  );
}

type Told = 'retired' | 'released';

/** Two ways to end it, each asked for once more where it stands. Neither takes new risk, so neither asks for a proof. */
function Ending({ agent }: { readonly agent: AgentView }) {
  const { t } = useTranslation();
  const { agents } = useStores();
  const act = useAct();
  const [reason, setReason] = useState('');
  const [told, setTold] = useState<Told | null>(null);
  const tell = async (how: Told, work: () => Promise<void>): Promise<void> => {
    if (await act.run(work)) setTold(how);
  };
  const unready = act.busy || reason.trim() === '';
  const { agentId } = agent;
  if (told !== null)
    return (
      <p role="status" className="text-12">
        {t(`agents.${told}`)}
      </p>
    );
  return (
    <div className="flex flex-col gap-3">
      {act.error !== null && <ErrorState error={act.error} />}
      <TextField
        label={t('agents.retireWhy')}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.target.value)}
      />
      <p className="text-12 text-muted">{t('agents.retireMeans')}</p>
      <ConfirmButton
        label={t('agents.retire')}
        ask={t('agents.retireAsk')}
        yes={t('agents.retireYes')}
        no={t('agents.endNo')}
        disabled={unready}
        onYes={() => void tell('retired', () => agents.retire(agentId, reason.trim()))}
      />
      <p className="text-12 text-muted">{t('agents.releaseMeans')}</p>
      <ConfirmButton
        label={t('agents.release')}
        ask={t('agents.releaseAsk')}
        yes={t('agents.releaseYes')}
        no={t('agents.endNo')}
        disabled={unready}
        onYes={() => void tell('released', () => agents.release(agentId, reason.trim()))}
      />
    </div>
  );
}
