import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentWhy } from '#shared/contract/agents.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';

const PAGE = 50;

/** Every decision with its reason, each hold included, newest first, a page at a time. */
export function AgentDecisions({ why }: { readonly why: AgentWhy }) {
  const { t } = useTranslation();
  const { agent, decisions } = why;
  const [page, setPage] = useState(0);
  const total = decisions.length;
  const last = Math.max(0, Math.ceil(total / PAGE) - 1);
  const at = Math.min(page, last);
  const until = total - at * PAGE;
  const from = Math.max(0, until - PAGE);
  const shown = decisions.slice(from, until).toReversed();
  return (
    <Panel
      title={t('agents.did')}
      env={agent.environment}
      flush
      note={t('agents.allDecisions', { count: total })}
      actions={
        last === 0 ? undefined : (
          <>
            <span className="figure text-11 text-faint">{t('agents.page', { from: from + 1, to: until, total })}</span>
            <Button disabled={at === 0} onClick={() => setPage(at - 1)}>
              {t('agents.newer')}
            </Button>
            <Button disabled={at === last} onClick={() => setPage(at + 1)}>
              {t('agents.older')}
            </Button>
          </>
        )
      }
    >
      {total === 0 ? (
        <EmptyState>{t('agents.noDecision')}</EmptyState>
      ) : (
        <Table
          label={t('agents.decisionsWhat')}
          columns={[
            { label: t('agents.at') },
            { label: t('agents.decided') },
            { label: t('agents.gate') },
            { label: t('agents.reason'), className: 'w-full' },
          ]}
        >
          {shown.map(({ ts, kind, reason, verdict, verdictReason }, index) => (
            <tr key={`${until - index}`} data-decision={kind}>
              <Cell>
                <Moment ms={ts} form="short" className="text-muted" />
              </Cell>
              <Cell className={kind === 'hold' ? 'text-muted' : 'font-medium'}>{t(`run.feed.kinds.${kind}`)}</Cell>
              <Cell className={verdict === 'denied' ? 'text-warn' : 'text-muted'}>
                {verdict === undefined ? '' : t(`agents.verdicts.${verdict}`)}
              </Cell>
              <Cell className="whitespace-normal">
                {said(reason)}
                {verdict === 'denied' && verdictReason !== undefined && (
                  <span className="block text-warn">{verdictReason}</span>
                )}
              </Cell>
            </tr>
          ))}
        </Table>
      )}
    </Panel>
  );
}
