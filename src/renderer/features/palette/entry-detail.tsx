import { useTranslation } from 'react-i18next';
import { usageOf } from '#shared/commands/usage.ts';
import { lineOf } from './command-line.ts';
import type { Entry } from './entries.ts';

/** What the highlighted entry is, and what Enter does with it. */
export function EntryDetail({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const { command, kind } = entry;
  if (kind !== 'command' || command === undefined)
    return <p className="text-muted">{t(`palette.does.${kind === 'command' ? 'types' : kind}`)}</p>;
  return (
    <>
      <p data-testid="usage" className="figure-mono break-words text-ink">
        {usageOf(command)}
      </p>
      <p className="mt-0.5">{command.summary}</p>
      <p className="mt-0.5 text-muted">{t(lineOf(command).send ? 'palette.does.runs' : 'palette.does.types')}</p>
    </>
  );
}
