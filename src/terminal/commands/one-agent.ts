import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AgentLog, AgentPrompt } from '#shared/contract/agents.ts';
import { type Run, withSession } from '../context.ts';
import { moment } from '../text/figures.ts';
import { type Line, line, span } from '../text/line.ts';
import { changedLines, partTable } from '../text/prompt-lines.ts';
import { heading, table } from '../text/table.ts';
import { agentTable } from './agents.ts';

export const runAgentShow: Run<ArgsOf<'agents.show'>> = ({ run, diff }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const prompt = await client.invoke('agents.prompt', { agent: run });
    context.output.lines([...agentTable([prompt.agent]), ...(diff ? diffOf(prompt) : wholeOf(prompt))]);
    context.output.answer(prompt);
    return 0;
  });

const wholeOf = ({ parts, instructions }: AgentPrompt): readonly Line[] => [
  ...heading('Parts'),
  ...partTable(parts),
  ...heading('What it was told'),
  ...instructions.split('\n').map((text) => line('  ', text)),
];

function diffOf({ parts, template, previous }: AgentPrompt): readonly Line[] {
  const edited = parts.some(({ current }) => !current);
  return [
    ...heading('Beside its templates', ...(edited ? [span('edited since, see the parts', 'muted')] : [])),
    ...partTable(parts),
    ...changedLines(template),
    ...(previous === null
      ? heading('There was no agent before it')
      : [
          ...heading(`Beside ${previous.agentId}`, span(`${previous.relation}, cycle ${previous.cycle}`, 'muted')),
          ...changedLines(previous.lines),
        ]),
  ];
}

export const runAgentLog: Run<ArgsOf<'agents.log'>> = ({ run, from, limit }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const log = await client.invoke('agents.log', { agent: run, offset: from, limit });
    context.output.lines([...agentTable([log.agent]), ...decisionTable(log), ...pageLine(log, run)]);
    context.output.answer(log);
    return 0;
  });

const decisionTable = ({ decisions }: AgentLog): readonly Line[] =>
  decisions.length === 0
    ? [line('No decision there.')]
    : [
        ...heading('Decisions'),
        ...table(
          [
            { title: 'AT', cell: ({ ts }) => moment(ts) },
            { title: 'DECIDED', cell: ({ kind }) => span(kind, kind === 'hold' ? 'muted' : 'strong') },
            { title: 'GATE', cell: ({ verdict }) => verdict ?? '' },
            {
              title: 'BECAUSE',
              cell: ({ reason, verdict, verdictReason }) =>
                verdict === 'denied' ? `${reason}; refused: ${verdictReason ?? ''}` : reason,
            },
          ],
          decisions,
        ),
      ];

const pageLine = ({ next, total }: AgentLog, run: string): readonly Line[] =>
  next === null ? [] : [line(span(`  ${next} of ${total}; go on: mt agents log ${run} --from ${next}`, 'muted'))];

export const runAgentPause: Run<ArgsOf<'agent.pause'>> = ({ run, reason }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const agent = await client.invoke('agents.pause', { agent: run, reason });
    context.output.lines([
      line(
        span(agent.agentId, 'strong'),
        ' is paused: it opens and adds nothing. Its stop and target rest, and it closes as ever.',
      ),
      line(span(`  It stays so until: mt agent resume ${agent.agentId} --reason "..."`, 'muted')),
    ]);
    context.output.answer(agent);
    return 0;
  });

export const runAgentResume: Run<ArgsOf<'agent.resume'>> = ({ run, reason }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const agent = await client.invoke('agents.resume', { agent: run, reason });
    context.output.lines([
      line(span(agent.agentId, 'strong'), ' may open again, from its next candle on, within its limits.'),
    ]);
    context.output.answer(agent);
    return 0;
  });

export const runAgentRetire: Run<ArgsOf<'agents.retire'>> = ({ run, reason }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const retired = await client.invoke('agents.retire', { agent: run, reason });
    context.output.lines([
      line(
        span(retired.agentId ?? `Cycle ${retired.cycle}`, 'strong'),
        ' retires: what it holds is sold at the next candle, stop and target rest until then. The others go on.',
      ),
    ]);
    context.output.answer(retired);
    return 0;
  });
