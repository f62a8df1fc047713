import { resolve } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { DownloadView, ModelList, ModelView } from '#shared/contract/models.ts';
import { bytesText } from '#shared/format/bytes.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { type Line, line, span } from '../text/line.ts';
import { pairs, table } from '../text/table.ts';

const speed = ({ benchmark }: ModelView): string => {
  if (benchmark === null) return '-';
  return benchmark.textsPerSecond === null
    ? `${benchmark.writingTokensPerSecond} tok/s`
    : `${benchmark.textsPerSecond} texts/s`;
};

const listLines = ({ models, downloads, analyst, embedding, remote }: ModelList): readonly Line[] => [
  ...(models.length === 0
    ? [
        line('There are no models; the rules decide alone.'),
        line(span('Take one over: mt models import FILE', 'muted')),
      ]
    : table<ModelView>(
        [
          { title: 'MODEL', cell: ({ name, isDefault }) => (isDefault ? span(`${name} *`, 'strong') : name) },
          { title: 'FOR', cell: ({ use }) => (use === 'embed' ? 'embedding' : 'judging') },
          { title: 'KIND', cell: ({ architecture, quantisation }) => `${architecture} ${quantisation}` },
          { title: 'SIZE', cell: ({ bytes }) => bytesText(bytes), align: 'right' },
          { title: 'NEEDS', cell: ({ fit }) => bytesText(fit.neededBytes), align: 'right' },
          { title: 'FIT', cell: ({ fit }) => `${fit.word} (${fit.score})` },
          { title: 'STATE', cell: ({ state }) => state },
          { title: 'SPEED', cell: speed },
          { title: 'REPEATS', cell: ({ canary }) => canary?.grade ?? '-' },
          { title: 'SHA-256', cell: ({ sha256, hashLabel }) => `${sha256.slice(0, 12)} ${hashLabel}` },
        ],
        models,
      )),
  ...models.flatMap(({ name, why }) => (why === null ? [] : [line(span(`${name}: ${why}`, 'down'))])),
  ...downloads.map(downloadLine),
  ...(remote === null ? [] : [line(span(`remote: ${remote.model} at ${remote.baseUrl}`, 'muted'))]),
  line(
    span(`judging: ${analyst ?? (remote === null ? 'rules' : 'remote')}; embedding: ${embedding ?? 'none'}`, 'muted'),
  ),
];

const percent = ({ doneBytes, totalBytes }: DownloadView): string =>
  totalBytes === null || totalBytes === 0 ? '' : ` ${Math.floor((100 * doneBytes) / totalBytes)} %`;
const downloadLine = (download: DownloadView): Line =>
  line(
    span(`${download.name}: ${download.state}${percent(download)}`, download.state === 'failed' ? 'down' : 'muted'),
    download.why === null ? '' : `  ${download.why}`,
  );

const modelLines = (model: ModelView): readonly Line[] => [
  line(span(model.name, 'strong'), `  ${model.title}`),
  ...pairs([
    ['For', line(model.use === 'embed' ? 'embedding texts' : 'judging')],
    [
      'Kind',
      line(`${model.architecture} ${model.quantisation}, ${(model.parameters / 1e6).toFixed(0)} million weights`),
    ],
    ['SHA-256', line(model.sha256, span(`  ${model.hashLabel}`, 'muted'))],
    [
      'Fit',
      line(`${model.fit.word}: needs ${bytesText(model.fit.neededBytes)}, ${bytesText(model.fit.freeBytes)} are free`),
    ],
    ['State', line(model.state)],
    ['File', line(model.path, span(`  ${model.kept}`, 'muted'))],
  ]),
];

/** Runs one call and prints what it answered. */
const told = <Answer>(
  context: Context,
  call: (client: AppClient) => Promise<Answer>,
  lines: (answer: Answer) => readonly Line[],
  exitCode: (answer: Answer) => number = () => EXIT.ok,
): Promise<number> =>
  withSession(context, 'trade', async ({ client }) => {
    const answer = await call(client);
    context.output.lines(lines(answer));
    context.output.answer(answer);
    return exitCode(answer);
  });

export const runModelList: Run<ArgsOf<'models.ls'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const list = await client.invoke('models.list', {});
    context.output.lines(listLines(list));
    context.output.answer(list);
    return EXIT.ok;
  });

export const runModelImport: Run<ArgsOf<'models.import'>> = ({ file, reference, name }, context) =>
  told(
    context,
    (client) =>
      client.invoke('models.import', {
        path: resolve(context.cwd, file),
        copy: !reference,
        ...(name === undefined ? {} : { name }),
      }),
    modelLines,
  );

export const runModelRemove: Run<ArgsOf<'models.rm'>> = ({ name }, context) =>
  told(
    context,
    (client) => client.invoke('models.remove', { name }),
    ({ removed, deletedFile }) => [
      line(`${removed} was removed; its file was ${deletedFile ? 'deleted' : 'left where it is'}.`),
    ],
  );

export const runModelUse: Run<ArgsOf<'models.use'>> = ({ name }, context) =>
  told(context, (client) => client.invoke('models.use', { name: name === 'rules' ? null : name }), listLines);

export const runModelRemote: Run<ArgsOf<'models.remote'>> = ({ url, model, key, off }, context) => {
  if (!off && (url === undefined || model === undefined))
    throw new Fault('usage', 'the address or the name of the model is missing', 'give URL and --model NAME, or --off');
  const remote = off || url === undefined || model === undefined ? null : { baseUrl: url, model, key: key ?? null };
  return told(context, (client) => client.invoke('models.remote', { remote }), listLines);
};

export const runModelLoad: Run<ArgsOf<'models.load'>> = ({ name }, context) =>
  told(context, (client) => client.invoke('models.load', { name }), modelLines);

export const runModelUnload: Run<ArgsOf<'models.unload'>> = ({ name }, context) =>
  told(context, (client) => client.invoke('models.unload', { name }), modelLines);

export const runModelBench: Run<ArgsOf<'models.bench'>> = ({ name, runs }, context) =>
  told(
    context,
    (client) => client.invoke('models.bench', { name, ...(runs === undefined ? {} : { runs }) }),
    (bench) => [
      bench.textsPerSecond === null
        ? line(
            span(`${bench.writingTokensPerSecond} tokens a second written`, 'strong'),
            `, ${bench.readingTokensPerSecond} read (prompt of ${bench.promptTokens})`,
          )
        : line(span(`${bench.textsPerSecond} texts a second`, 'strong')),
      line(span(`median of ${bench.n}; ${bench.conditions}`, 'muted')),
    ],
  );

export const runModelCanary: Run<ArgsOf<'models.canary'>> = ({ name }, context) =>
  told(
    context,
    (client) => client.invoke('models.canary', { name }),
    (canary) => [
      line(
        span(canary.grade, canary.grade === 'bit-exact' ? 'up' : 'down'),
        `  ${canary.n} answers of ${canary.tokens} tokens`,
      ),
      line(span(canary.build, 'muted')),
    ],
    ({ grade }) => (grade === 'non-deterministic' ? EXIT.failed : EXIT.ok),
  );

/** Between two looks at how far a download is. */
const LOOK_EVERY_MS = 250;

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

/** Follows a download to its end. An interrupt pauses it: what has arrived stays, and the same command goes on. */
export const runModelDownload: Run<ArgsOf<'models.download'>> = ({ url, name, pause, cancel }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const known = async (): Promise<DownloadView | undefined> =>
      (await client.invoke('models.list', {})).downloads.find((one) => one.url === new URL(url).href);
    if (pause) {
      const found = await known();
      if (found === undefined)
        throw new Fault('not_found', 'nothing is being fetched from this address', 'see mt models ls');
      return ended(context, await client.invoke('models.pause', { id: found.id }), EXIT.ok);
    }
    if (cancel) {
      // What an earlier engine left behind is taken up first, so that it is known and can be deleted.
      const found = (await known()) ?? (await client.invoke('models.download', { url }));
      await client.invoke('models.cancel', { id: found.id });
      return ended(context, { ...found, state: 'canceled' }, EXIT.ok);
    }
    // An address at which nobody answers is given up only after a while.
    context.output.note(`asking ${hostOf(url)} …`);
    let view = await client.invoke('models.download', { url, ...(name === undefined ? {} : { name }) });
    const undo = context.onInterrupt(() => void client.invoke('models.pause', { id: view.id }).catch(() => undefined));
    try {
      let shown = -1;
      while (view.state === 'running') {
        await new Promise((later) => setTimeout(later, LOOK_EVERY_MS));
        view = (await known()) ?? view;
        const tenth = Math.floor((10 * view.doneBytes) / Math.max(view.totalBytes ?? 0, 1));
        if (tenth > shown && view.totalBytes !== null) context.output.lines([downloadLine(view)]);
        shown = Math.max(shown, tenth);
      }
      return ended(context, view, view.state === 'done' ? EXIT.ok : EXIT.failed);
    } finally {
      undo();
    }
  });

function ended(context: Context, view: DownloadView, exitCode: number): number {
  context.output.lines([downloadLine(view)]);
  context.output.answer(view);
  return exitCode;
}
