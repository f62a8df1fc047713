import { useTranslation } from 'react-i18next';
import { SHORTCUTS } from '../../app/shortcuts.ts';
import { Sheet } from '../../components/sheet.tsx';

/** Every shortcut that exists. */
export function ShortcutList() {
  return (
    <dl className="flex flex-col">
      {SHORTCUTS.map(({ keys, does }) => (
        <div key={keys} className="flex min-h-8 items-center gap-4 border-t border-hair first:border-t-0">
          <dt className="flex w-44 shrink-0 flex-wrap items-center gap-1">
            {keys.split(' ').map((key) => (
              <kbd
                key={key}
                className={
                  key === 'twice'
                    ? 'text-12 text-muted'
                    : 'figure-mono rounded-control border border-hair bg-bg2 px-1.5 text-11'
                }
              >
                {key.replace(',', '')}
              </kbd>
            ))}
          </dt>
          <dd className="text-muted">{does}</dd>
        </div>
      ))}
    </dl>
  );
}

type Props = { readonly open: boolean; readonly onClose: () => void };

export function ShortcutSheet({ open, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={open} onClose={onClose} title={t('bar.shortcuts')}>
      <ShortcutList />
      <p className="mt-3 text-11 text-faint">{t('bar.shortcutsNote')}</p>
    </Sheet>
  );
}
