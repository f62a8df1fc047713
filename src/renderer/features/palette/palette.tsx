import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { memo, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { COMMAND_ENTRIES, type Entry, type PaletteActions } from './entries.ts';
import { EntryDetail } from './entry-detail.tsx';
import { EntryRow } from './entry-row.tsx';
import { findEntries } from './find-entries.ts';
import { useEntries } from './use-entries.ts';

/** The field, what it finds, and what the highlighted one is. */
function Finder({ onChoose }: { readonly onChoose: (entry: Entry) => void }) {
  const { t } = useTranslation();
  const entries = useEntries();
  const [typed, setTyped] = useState('');
  const [lit, setLit] = useState<Entry | null>(null);
  const found = useMemo(() => findEntries(typed, entries), [typed, entries]);
  return (
    <Autocomplete.Root
      open
      inline
      autoHighlight="always"
      keepHighlight
      items={found}
      filter={null}
      value={typed}
      onValueChange={(next, { reason }) => {
        // Choosing an entry would write its name into the field.
        if (reason !== 'item-press') setTyped(next);
      }}
      itemToStringValue={({ label }: Entry) => label}
      onItemHighlighted={(entry: Entry | undefined) => setLit(entry ?? null)}
    >
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-hair px-3">
        <Search aria-hidden size={16} className="shrink-0 text-muted" />
        <Autocomplete.Input
          aria-label={t('palette.find')}
          placeholder={t('palette.find')}
          spellCheck={false}
          className="h-8 w-full min-w-0 bg-transparent text-15 text-ink outline-none placeholder:text-faint"
        />
        <Autocomplete.Status className="figure shrink-0 text-11 text-faint">
          {typed === '' ? null : t('palette.count', { count: found.length })}
        </Autocomplete.Status>
      </div>
      <Autocomplete.Empty className="px-4 py-6 text-muted empty:hidden">{t('palette.empty')}</Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 flex-1 scroll-py-1 overflow-y-auto overscroll-contain p-1 empty:hidden">
        {(entry: Entry) => <EntryRow key={entry.id} entry={entry} onChoose={() => onChoose(entry)} />}
      </Autocomplete.List>
      {found.length > 0 && (
        <div className="min-h-18 shrink-0 border-t border-hair px-4 py-2 text-12">
          {typed === '' && <p className="mb-0.5 text-faint">{t('palette.more', { count: COMMAND_ENTRIES.length })}</p>}
          {lit !== null && <EntryDetail entry={lit} />}
        </div>
      )}
    </Autocomplete.Root>
  );
}

type Props = { readonly open: boolean; readonly onClose: () => void; readonly actions: PaletteActions };

/**
 * Finds everything by its name and does it. It begins below the bar and is not modal, as every sheet: the kill button and the
 * environment stay in sight and in reach. Commands go to the terminal; the palette itself sends nothing to the engine.
 */
export const Palette = memo(function Palette({ open, onClose, actions }: Props) {
  const { t } = useTranslation();
  const chosen = useRef<Entry | null>(null);
  const choose = (entry: Entry): void => {
    chosen.current = entry;
    onClose();
    entry.choose(actions);
  };
  /** Where the keys go afterwards: what was opened has taken them itself, or the screen gets them, or they go back. */
  const after = (): boolean | HTMLElement | null => {
    const entry = chosen.current;
    chosen.current = null;
    if (entry === null) return true;
    return entry.kind === 'command' || entry.kind === 'action' ? false : document.querySelector('main');
  };
  return (
    <Dialog.Root
      open={open}
      modal={false}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Dialog.Portal>
        <div aria-hidden className="fixed inset-x-0 top-10 bottom-0 z-30 bg-scrim" />
        <Dialog.Popup
          aria-label={t('palette.title')}
          finalFocus={after}
          onKeyDown={(event) => {
            if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
            event.preventDefault();
            onClose();
          }}
          className="fixed top-14 right-4 left-4 z-40 mx-auto flex max-h-[min(34rem,calc(100vh-4.5rem))] max-w-2xl flex-col overflow-hidden rounded-panel border border-line bg-bg1 shadow-xl outline-none"
        >
          <Finder onChoose={choose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
});
