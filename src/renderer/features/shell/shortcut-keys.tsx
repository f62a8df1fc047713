import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { keysText } from '#shared/shortcuts/keys.ts';

type Props = { readonly keys: string; readonly twice?: boolean };

/** The keys of a shortcut, each in its cap. */
export function ShortcutKeys({ keys, twice = false }: Props) {
  const { t } = useTranslation();
  return (
    <span className="flex flex-wrap items-center gap-1">
      {keys.split(' ').map((step, index) => (
        <Fragment key={step}>
          {index > 0 && <span className="text-11 text-muted">{t('shortcuts.afterwards')}</span>}
          {step.split('+').map((key) => (
            <kbd key={key} className="figure-mono rounded-control border border-hair bg-bg2 px-1.5 text-11">
              {keysText(key)}
            </kbd>
          ))}
        </Fragment>
      ))}
      {twice && <span className="text-12 text-muted">{t('shortcuts.twice')}</span>}
    </span>
  );
}
