import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import type { AgentWhy } from '#shared/contract/agents.ts';
import { Panel } from '../../components/panel.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { LessonsUsed } from '../command/spec-details.tsx';

/** What came before it: the agent it was bred from or that was before it, and the lessons that shaped it. */
export function AgentLineage({ why }: { readonly why: AgentWhy }) {
  const { t } = useTranslation();
  const { agents } = useStores();
  const loaded = useStore(agents.prompt);
  const { agentId, environment } = why.agent;
  useEffect(() => agents.openPrompt(agentId), [agents, agentId]);
  return (
    <Panel title={t('agents.lineage.title')} env={environment} flush>
      <LoadedView
        loaded={loaded}
        what={t('agents.prompt.what')}
        retry={() => void agents.prompt.refresh()}
        cancel={() => agents.prompt.giveUp()}
      >
        {({ previous }) =>
          previous === null ? (
            <p className="p-4 text-12 text-muted">{t('agents.lineage.first')}</p>
          ) : (
            <p className="flex flex-wrap items-center gap-2 p-4 text-12" data-testid="previous">
              <span className="text-muted">{t(`agents.lineage.relations.${previous.relation}`)}</span>
              <Link
                href={`/agents/${previous.agentId}`}
                className="figure-mono inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline"
              >
                {previous.agentId}
              </Link>
            </p>
          )
        }
      </LoadedView>
      <LessonsUsed lessons={why.spec.lessons} />
    </Panel>
  );
}
