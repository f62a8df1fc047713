import type { TFunction } from 'i18next';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { bind } from '#shared/shortcuts/bindings.ts';
import type { ScreenShortcut, ShortcutId } from '#shared/shortcuts/table.ts';
import { usePreference } from '../../app/preferences.ts';
import { ROUTES } from '../../app/routes.ts';
import { Sheet } from '../../components/sheet.tsx';
import { ShortcutKeys } from './shortcut-keys.tsx';

const SCREEN_OF: ReadonlyMap<string, (typeof ROUTES)[number]['screen']> = new Map(
  ROUTES.map(({ screen }) => [`go.${screen}`, screen]),
);

/** What a shortcut does, in the language of the moment. */
export function shortcutDoes(t: TFunction, id: ShortcutId): string {
  const screen = SCREEN_OF.get(id);
  return screen === undefined
    ? t(`shortcuts.does.${id as Exclude<ShortcutId, ScreenShortcut>}`)
    : t('shortcuts.go', { screen: t(`shell.screens.${screen}`) });
}

/** A component of its own: closed, the sheet draws none of it. */
function ShortcutRows() {
  const { t } = useTranslation();
  const remaps = usePreference('shortcutRemaps');
  return (
    <dl className="flex flex-col">
      {bind(remaps).bindings.map(({ shortcut, keys }) => (
        <div
          key={shortcut.id}
          data-shortcut={shortcut.id}
          className="flex min-h-8 items-center gap-4 border-t border-hair first:border-t-0"
        >
          <dt className="w-44 shrink-0">
            <ShortcutKeys keys={keys} twice={shortcut.twice === true} />
          </dt>
          <dd className="text-muted">{shortcutDoes(t, shortcut.id)}</dd>
        </div>
      ))}
    </dl>
  );
}

type Props = { readonly open: boolean; readonly onClose: () => void };

/** Every shortcut that exists, with the keys that it has now. */
export const ShortcutSheet = memo(function ShortcutSheet({ open, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={open} onClose={onClose} title={t('bar.shortcuts')}>
      <ShortcutRows />
      <p className="mt-3 text-11 text-faint">{t('bar.shortcutsNote')}</p>
    </Sheet>
  );
});
