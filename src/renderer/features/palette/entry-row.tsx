import { Autocomplete } from '@base-ui/react/autocomplete';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import type { Risk } from '#shared/commands/command.ts';
import { Chip, type Tone } from '../../components/chip.tsx';
import type { Entry } from './entries.ts';

const TONE: Readonly<Record<Risk, Tone>> = { read: 'neutral', reduce: 'good', increase: 'warn', admin: 'accent' };

/** One entry: its name, what it is, and for a command what it may do to money. */
export function EntryRow({ entry, onChoose }: { readonly entry: Entry; readonly onChoose: () => void }) {
  const { t } = useTranslation();
  const { id, kind, label, note, icon: Icon, command } = entry;
  return (
    <Autocomplete.Item
      value={entry}
      data-entry={id}
      onClick={onChoose}
      className="flex h-8 cursor-default items-center gap-2.5 rounded-control px-2.5 outline-none select-none data-highlighted:bg-bg3"
    >
      <Icon aria-hidden size={15} className="shrink-0 text-muted" />
      <span className={clsx('shrink-0 text-ink', command !== undefined && 'figure-mono text-12')}>{label}</span>
      <span className="min-w-0 flex-1 truncate text-12 text-muted">{note}</span>
      {command !== undefined && <Chip tone={TONE[command.risk]}>{t(`palette.risk.${command.risk}`)}</Chip>}
      <span className="w-24 shrink-0 truncate text-right text-11 text-muted max-sm:hidden">
        {t(`palette.kinds.${kind}`)}
      </span>
    </Autocomplete.Item>
  );
}
