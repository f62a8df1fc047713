import type { ArgsOf } from '#shared/commands/registry.ts';
import type { ModeView } from '#shared/contract/automation.ts';
import { modeName } from '#shared/format/names.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { approvalLines, briefLines } from '../text/approval-lines.ts';
import { type Line, line, padded, span } from '../text/line.ts';
import { briefPromptLines } from '../text/prompt-lines.ts';
import { statusLines } from './status.ts';

const SENTENCE: Readonly<Record<ModeView['mode'], string>> = {
  full: 'agents act alone, inside their limits',
  semi: 'an agent begins only when its brief is approved; inside it the agent acts alone',
  manual: 'agents take no new risk; the stops that protect what they hold stay',
  emergency: 'nothing new at all; what is open is only reduced (mt resume)',
};

const modeLines = ({ mode, chosen, reason, by, since }: ModeView): readonly Line[] => [
  line(span(modeName(mode), 'strong'), `: ${SENTENCE[mode]}`),
  ...(mode === chosen ? [] : [line(span(`  then ${modeName(chosen)} again: ${SENTENCE[chosen]}`, 'muted'))]),
  line(span(since === null ? `  ${reason}` : `  chosen through the ${by}: ${reason}`, 'muted')),
];

export const runMode: Run<ArgsOf<'mode'>> = ({ mode, reason }, context) =>
  withSession(context, mode === undefined ? 'view' : 'trade', async ({ client }) => {
    const view =
      mode === undefined
        ? await client.invoke('mode.get', {})
        : await client.invoke('mode.set', { mode, by: 'terminal', ...(reason === undefined ? {} : { reason }) });
    context.output.lines(modeLines(view));
    context.output.answer(view);
    return EXIT.ok;
  });

export const runApprovals: Run<ArgsOf<'approvals'>> = ({ id }, context) =>
  withSession(context, 'view', async ({ client }) => {
    if (id === undefined) {
      const list = await client.invoke('approvals.list', {});
      context.output.lines(approvalLines(list));
      context.output.answer(list);
      return EXIT.ok;
    }
    const found = await client.invoke('approvals.get', { id });
    context.output.lines([...briefLines(found.approval, Date.now()), ...briefPromptLines(found.prompt)]);
    context.output.answer(found);
    return EXIT.ok;
  });

export const runApprove: Run<ArgsOf<'approve'>> = ({ id, maxSize, risk, maxPositions, maxBars }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const approval = await client.invoke('approvals.approve', {
      id,
      by: 'terminal',
      limits: {
        ...(maxSize === undefined ? {} : { maxSize }),
        ...(risk === undefined ? {} : { riskPerTrade: risk }),
        ...(maxPositions === undefined ? {} : { maxPositions }),
        ...(maxBars === undefined ? {} : { maxBars }),
      },
    });
    context.output.lines(briefLines(approval, Date.now()));
    context.output.answer(approval);
    return EXIT.ok;
  });

export const runReject: Run<ArgsOf<'reject'>> = ({ id, reason }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const approval = await client.invoke('approvals.reject', { id, reason, by: 'terminal' });
    context.output.lines(briefLines(approval, Date.now()));
    context.output.answer(approval);
    return EXIT.ok;
  });

export const runHalt: Run<ArgsOf<'halt'>> = ({ reason }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const status = await client.invoke('engine.halt', { reason });
    context.output.lines([
      line(
        span('No new entries', 'warn'),
        '. Agents go on with what they hold; it stays so until: mt resume --reason "..."',
      ),
      ...statusLines(status),
    ]);
    context.output.answer(status);
    return EXIT.ok;
  });

export const runFlatten: Run<ArgsOf<'flatten'>> = ({ reason }, context: Context) =>
  withSession(context, 'trade', async ({ client }) => {
    const report = await client.invoke('engine.flatten', { reason });
    context.output.lines([
      line(span('No new entries, and what was held is being closed', 'warn')),
      ...report.steps.map(({ name, done, detail }) =>
        line('  ', done ? span('✓ ', 'up') : span('✕ ', 'danger'), ...padded([span(name)], 22), span(detail, 'muted')),
      ),
      line(span('  It stays so until: mt resume --reason "..."', 'muted')),
    ]);
    context.output.answer(report);
    return report.steps.every(({ done }) => done) ? EXIT.ok : EXIT.failed;
  });
