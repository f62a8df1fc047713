import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AgentView } from '#shared/contract/agents.ts';
import { buildFeed } from '#shared/format/feed.ts';
import { agentStateName, familyName, regimeName } from '#shared/format/names.ts';
import { type Run, withSession } from '../context.ts';
import { evidenceLines, regimeLine } from '../text/cycle-lines.ts';
import { moment, signedMoney, signedMultiples } from '../text/figures.ts';
import { type Line, line, span } from '../text/line.ts';
import { heading, pairs, table } from '../text/table.ts';
import { feedLine, fillLines, orderLines } from '../text/trade-lines.ts';

export const agentTable = (agents: readonly AgentView[]): readonly Line[] =>
  table(
    [
      { title: 'AGENT', cell: (agent) => span(agent.agentId, 'strong') },
      { title: 'STYLE', cell: (agent) => familyName(agent.family) },
      { title: 'MARKET', cell: (agent) => `${agent.instrument} ${agent.interval}` },
      { title: 'REGIME', cell: (agent) => regimeName(agent.regime) },
      { title: 'SPAWNED', cell: (agent) => moment(agent.spawnedAt) },
      { title: 'STATE', cell: (agent) => agentStateName(agent).toLowerCase() },
      { title: 'R', cell: (agent) => signedMultiples(agent.r), align: 'right' },
      { title: 'RESULT', cell: (agent) => signedMoney(agent.netPnl, agent.quoteAsset), align: 'right' },
    ],
    agents,
    0,
  );

export const runAgents: Run<ArgsOf<'agents'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const agents = await client.invoke('agents.list', {});
    context.output.lines(agents.length === 0 ? [line('No agents yet. Spawn one: mt spawn')] : agentTable(agents));
    context.output.answer({ agents });
    return 0;
  });

/** Why the agent exists: the judgement, its instructions, and every decision with its reason. */
export const runAgentWhy: Run<ArgsOf<'agent.why'>> = ({ id }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const why = await client.invoke('agents.why', { agentId: id });
    const { agent, assessment, spec, decisions, orders, fills } = why;
    const feed = buildFeed({ decisions, orders, fills }).toReversed();
    context.output.lines([
      ...agentTable([agent]),
      ...heading('Why it exists'),
      ...pairs([
        ['Chosen', line(spec.why)],
        ...(assessment === null
          ? []
          : [
              ['Regime', regimeLine(assessment)] as const,
              ...assessment.reasons.map((reason, index) => [index === 0 ? 'Because' : '', line(reason)] as const),
              ...evidenceLines(assessment).map((fact, index) => [index === 0 ? 'Facts' : '', fact] as const),
            ]),
        ...spec.lessons.map(
          (use, index) => [index === 0 ? 'Lessons' : '', line(`${use.id} ${use.outcomeR} R: ${use.effect}`)] as const,
        ),
        [
          'Parameters',
          line(
            Object.entries(spec.parameters)
              .map(([name, value]) => `${name} ${value}`)
              .join(', '),
          ),
        ],
        ['Spec', line(span(spec.hash, 'muted'))],
      ]),
      ...heading('Instructions'),
      ...spec.instructions
        .trimEnd()
        .split('\n')
        .map((text) => line('  ', text)),
      ...heading('What it decided'),
      ...feed.map((item) => line('  ', ...feedLine(item))),
      ...(orders.length === 0 ? [] : [...heading('Orders'), ...orderLines(orders)]),
      ...(fills.length === 0 ? [] : [...heading('Fills'), ...fillLines(fills)]),
    ]);
    context.output.answer(why);
    return 0;
  });
