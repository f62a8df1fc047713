import { useTranslation } from 'react-i18next';
import type { AgentWhy } from '#shared/contract/agents.ts';
import { trimmed } from '#shared/format/decimal-text.ts';
import { decimalText, shortPercentText } from '#shared/format/figures.ts';
import { inParts } from '#shared/format/plan.ts';
import { Moment } from '../../components/moment.tsx';
import { type Pair, Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';

/** What code keeps it within, and the numbers of its strategy. */
export function AgentLimits({ why }: { readonly why: AgentWhy }) {
  const { t } = useTranslation();
  const { agent, spec } = why;
  const { envelope, lifespan, parameters } = spec;
  const atr = (text: string): string => t('agents.limits.atr', { atr: decimalText(trimmed(text)) });
  const share = (text: string): string => t('agents.limits.ofEquity', { share: shortPercentText(text) });
  const limits: readonly Pair[] = [
    { label: t('agents.limits.risk'), value: share(envelope.riskPerTrade) },
    { label: t('agents.limits.size'), value: share(envelope.maxNotionalFraction) },
    { label: t('agents.limits.stop'), value: atr(envelope.stopAtr) },
    {
      label: t('agents.limits.target'),
      value: inParts(parameters) ? t('agents.limits.noTarget') : atr(envelope.targetAtr),
    },
    { label: t('agents.limits.positions'), value: envelope.maxPositions },
    {
      label: t('agents.limits.dayLoss'),
      value: t('agents.limits.inADay', { share: shortPercentText(envelope.dayLoss) }),
    },
    { label: t('agents.limits.short'), value: t(envelope.allowShort ? 'agents.limits.yes' : 'agents.limits.no') },
    { label: t('agents.limits.life'), value: t('agents.limits.candles', { count: lifespan.maxBars }) },
    { label: t('agents.limits.until'), value: <Moment ms={lifespan.expiresAt} /> },
  ];
  const named = Object.entries(parameters);
  return (
    <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-2">
      <Panel title={t('agents.limits.title')} note={t('agents.limits.note')} env={agent.environment}>
        <Pairs pairs={limits} />
      </Panel>
      <Panel title={t('agents.limits.parameters')}>
        {named.length === 0 ? (
          <p className="text-12 text-muted">{t('agents.limits.noParameters')}</p>
        ) : (
          <Pairs
            pairs={named.map(([name, value]) => ({
              label: <span className="figure-mono">{name}</span>,
              value: (
                <span className="figure-mono" data-num="">
                  {value}
                </span>
              ),
            }))}
          />
        )}
      </Panel>
    </div>
  );
}
