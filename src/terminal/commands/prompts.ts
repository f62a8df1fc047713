import { readFileSync } from 'node:fs';
import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import { PROMPT_CAP, type PromptPartDetail, type PromptPartView } from '#shared/contract/prompts.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { moment } from '../text/figures.ts';
import { type Line, line, type Span, span } from '../text/line.ts';
import { heading, table } from '../text/table.ts';

const stateOf = ({ fixed, edited }: PromptPartView): Span =>
  fixed !== null ? span('fixed', 'muted') : edited ? span('edited', 'warn') : span('as it ships', 'muted');

export const runPromptList: Run<ArgsOf<'prompts.ls'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const parts = await client.invoke('prompts.list', {});
    context.output.lines(
      table<PromptPartView>(
        [
          { title: 'PART', cell: ({ id }) => id },
          { title: 'VERSION', cell: ({ version }) => String(version), align: 'right' },
          { title: 'STATE', cell: stateOf },
          { title: 'WHAT FOR', cell: ({ purpose }) => span(purpose, 'muted') },
        ],
        parts,
      ),
    );
    context.output.answer({ parts });
    return EXIT.ok;
  });

const DIFF: Readonly<Record<PromptPartDetail['lines'][number]['kind'], (text: string) => Line>> = {
  same: (text) => [span(`    ${text}`, 'muted')],
  added: (text) => [span(`  + ${text}`, 'up')],
  removed: (text) => [span(`  - ${text}`, 'down')],
};

function told(detail: PromptPartDetail, context: Context): number {
  const { part, lines, history } = detail;
  context.output.lines([
    line(span(part.id, 'strong'), `  version ${part.version}  `, stateOf(part)),
    line(span(part.purpose, 'muted')),
    ...heading('Text', span(part.edited ? 'beside the one that ships' : '', 'muted')),
    ...lines.map(({ kind, text }) => DIFF[kind](text)),
    ...(history.length === 0 ? [] : heading('Earlier')),
    ...history.map(({ version, ts, reason, text }) =>
      line(span(`  ${version}  ${moment(ts)}`, 'muted'), `  ${text === null ? 'as it ships' : 'edited'}: ${reason}`),
    ),
  ]);
  context.output.answer(detail);
  return EXIT.ok;
}

export const runPromptShow: Run<ArgsOf<'prompts.show'>> = ({ part }, context) =>
  withSession(context, 'view', async ({ client }) => told(await client.invoke('prompts.show', { id: part }), context));

function textOf(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Fault('not_found', `${path} cannot be read`, 'give the path of a text file');
  }
  if (text.trim() === '' || text.length > PROMPT_CAP)
    throw new Fault('bad_data', `${path} holds ${text.length} characters`, `a part has 1 to ${PROMPT_CAP} of them`);
  return text;
}

export const runPromptEdit: Run<ArgsOf<'prompts.edit'>> = ({ part, file, reason }, context) => {
  const text = textOf(file);
  return withSession(context, 'trade', async ({ client }) =>
    told(await client.invoke('prompts.edit', { id: part, text, reason }), context),
  );
};

export const runPromptRestore: Run<ArgsOf<'prompts.restore'>> = ({ part, version, reason }, context) =>
  withSession(context, 'trade', async ({ client }) =>
    told(
      await client.invoke('prompts.restore', { id: part, reason, ...(version === undefined ? {} : { version }) }),
      context,
    ),
  );
