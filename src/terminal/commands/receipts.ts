import { resolve } from 'node:path';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { ReceiptView, ReplayView } from '#shared/contract/receipts.ts';
import { countText } from '#shared/format/names.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { inOneLine, type Line, line, span } from '../text/line.ts';
import { heading, pairs } from '../text/table.ts';

const modelRows = (title: string, model: ReceiptView['model']): readonly (readonly [string, Line])[] =>
  model === null
    ? [[title, line(span('not known: it could not be asked, or its process was gone after the question', 'warn'))]]
    : [
        [title, line(span(model.name, 'strong'), span(`  sha256 ${model.hash}`, 'muted'))],
        ['', line(span(`${model.build}${model.chatFormat === null ? '' : `, ${model.chatFormat}`}`, 'muted'))],
        ['Canary', line(model.canary ?? 'not run')],
      ];

const textLines = (text: string): readonly Line[] => text.split('\n').map((row) => line('  ', row));

export const runReceipt: Run<ArgsOf<'receipt'>> = ({ run }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const receipt = await client.invoke('receipts.get', { run });
    context.output.lines([
      [span(receipt.runId, 'strong'), span(`  cycle ${receipt.cycle}`, 'muted')],
      ...pairs([
        ...modelRows('Model', receipt.model),
        ['Cut-off', line(receipt.cutoff)],
        ['Snapshot', line(receipt.snapshotHash)],
        ['Context', line(receipt.contextHash)],
        ['Prompt', line(receipt.promptVersion, span(receipt.masked ? ', numbers hidden' : '', 'warn'))],
      ]),
      ...heading('Instructions'),
      ...textLines(receipt.question.system),
      ...heading('Facts as they were shown'),
      ...textLines(receipt.question.user),
      ...heading('Answers'),
      ...receipt.samples.flatMap(({ seed, temperature, outcome, text, tokenIds }) => [
        line(
          '  ',
          span(`seed ${seed}, temperature ${temperature}`, 'muted'),
          span(tokenIds === null ? '' : `, ${countText(tokenIds.length, 'token')}`, 'muted'),
          outcome === 'answer' ? '' : span(`, ${outcome}`, 'warn'),
        ),
        ...textLines(text),
      ]),
    ]);
    context.output.answer(receipt);
    return EXIT.ok;
  });

const VERDICTS: Readonly<Record<ReplayView['verdict'], Line>> = {
  identical: line(span('✓ Identical to the last token', 'up')),
  differs: line(span('✕ The answer differs', 'danger')),
  no_record: line(span('There is no recorded answer to compare with', 'warn')),
  no_answer: line(span('There is no answer now', 'warn')),
};

function sampleLines(sample: ReplayView['samples'][number]): readonly Line[] {
  const { seed, temperature, difference, length, unit, changed, cause } = sample;
  const head = line(
    '  ',
    span(`seed ${seed}, temperature ${temperature}: `, 'muted'),
    sample.verdict === 'identical' ? `identical, ${countText(length, unit)}` : sample.verdict.replace('_', ' '),
  );
  const part =
    difference === null
      ? []
      : [
          line(
            '    ',
            `${difference.unit} ${difference.at + 1}: ${difference.recorded ?? 'the end'} then, ${difference.again ?? 'the end'} now; cause: ${cause ?? ''}`,
          ),
        ];
  const without = difference === null ? ' (without effect)' : '';
  return [
    head,
    ...part,
    ...changed.map((item) => line('    ', span(`${item.cause}: ${item.what}${without}`, 'muted'))),
    ...(sample.verdict === 'identical'
      ? []
      : [line('    then: ', inOneLine(sample.recorded)), line('    now:  ', inOneLine(sample.again))]),
  ];
}

/** Exit code 1 unless the answer is the same to the token, so that a script notices. */
export const runReplay: Run<ArgsOf<'replay'>> = ({ run, model, seed, asToday }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const found = await client.invoke('receipts.replay', {
      run,
      asToday,
      ...(model === undefined ? {} : { model: resolve(context.cwd, model) }),
      ...(seed === undefined ? {} : { seed }),
    });
    const verdict: Line =
      found.verdict === 'identical' && found.samples.some(({ unit }) => unit === 'character')
        ? line(span('✓ Identical to the last character', 'up'), '; the model shows no tokens')
        : VERDICTS[found.verdict];
    context.output.lines([
      verdict,
      ...pairs([
        ['Run', line(found.runId, span(`  cycle ${found.cycle}`, 'muted'))],
        ...(found.cause === null ? [] : [['Cause', line(span(found.cause, 'strong'))] as const]),
        ...modelRows('Model', found.model),
        [
          'Today',
          line(
            found.today.length === 0
              ? 'this version asks the same question about these facts'
              : `this version would ask another question: ${found.today.map(({ what }) => what).join('; ')}`,
          ),
        ],
      ]),
      ...found.samples.flatMap(sampleLines),
    ]);
    context.output.answer(found);
    return found.verdict === 'identical' ? EXIT.ok : EXIT.failed;
  });
