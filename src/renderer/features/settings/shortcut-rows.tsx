import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Binding, bind, type KeyProblem, keyProblem } from '#shared/shortcuts/bindings.ts';
import { keysText } from '#shared/shortcuts/keys.ts';
import type { ShortcutId } from '#shared/shortcuts/table.ts';
import { usePreference } from '../../app/preferences.ts';
import { Button } from '../../components/button.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { ShortcutKeys } from '../shell/shortcut-keys.tsx';
import { shortcutDoes } from '../shell/shortcut-sheet.tsx';
import { KeyField } from './key-field.tsx';

/** Why keys were refused, in words. */
function useWhy(): (problem: KeyProblem) => string {
  const { t } = useTranslation();
  return (problem) =>
    'other' in problem
      ? t(`shortcuts.problems.${problem.code}`, { other: shortcutDoes(t, problem.other) })
      : t(`shortcuts.problems.${problem.code}`);
}

type RowProps = {
  readonly binding: Binding;
  readonly all: readonly Binding[];
  readonly own: boolean;
  readonly onKeys: (keys: string | null) => void;
};

/** One shortcut: what it does, its keys, and how to give it others. */
function Row({ binding: { shortcut, keys }, all, own, onKeys }: RowProps) {
  const { t } = useTranslation();
  const why = useWhy();
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const does = shortcutDoes(t, shortcut.id);
  const take = (pressed: string): void => {
    const problem = keyProblem(shortcut.id, pressed, all);
    setRefused(problem === null ? null : `${keysText(pressed)}: ${why(problem)}`);
    if (problem !== null) return;
    setAsking(false);
    onKeys(pressed);
  };
  return (
    <li
      data-shortcut={shortcut.id}
      className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-t border-hair py-1 first:border-t-0"
    >
      <span className="min-w-56 flex-1 text-muted">{does}</span>
      {asking ? (
        <KeyField
          label={t('shortcuts.press')}
          note={refused ?? t('shortcuts.pressNote')}
          wrong={refused !== null}
          onKeys={take}
          onLeave={() => setAsking(false)}
        />
      ) : (
        <>
          <ShortcutKeys keys={keys} twice={shortcut.twice === true} />
          {shortcut.fixed === true ? (
            <span className="text-11 text-faint">{t('shortcuts.fixed')}</span>
          ) : (
            <Button
              aria-label={t('shortcuts.changeOf', { does })}
              onClick={() => {
                setRefused(null);
                setAsking(true);
              }}
            >
              {t('shortcuts.change')}
            </Button>
          )}
          {own && (
            <Button kind="quiet" onClick={() => onKeys(null)}>
              {t('shortcuts.reset', { keys: keysText(shortcut.keys) })}
            </Button>
          )}
        </>
      )}
    </li>
  );
}

/** All shortcuts with the keys they have now; each but the fixed ones can be given others. */
export function ShortcutRows() {
  const { t } = useTranslation();
  const { preferences } = useStores();
  const remaps = usePreference('shortcutRemaps');
  const why = useWhy();
  const [told, setTold] = useState('');
  const { bindings, refused } = bind(remaps);

  const change = (id: ShortcutId, keys: string | null): void => {
    const { [id]: _, ...others } = remaps;
    const standard = bindings.find(({ shortcut }) => shortcut.id === id)?.shortcut.keys ?? '';
    setTold(t('shortcuts.changed', { keys: keysText(keys ?? standard), does: shortcutDoes(t, id) }));
    void preferences.change({
      shortcutRemaps: keys === null || keys === standard ? others : { ...others, [id]: keys },
    });
  };

  return (
    <>
      {refused.map(({ id, keys, problem }) => (
        <p key={id} role="status" className="py-1 text-12 text-warn">
          {t('shortcuts.notUsed', { keys, id, why: why(problem) })}
        </p>
      ))}
      <ul className="flex flex-col">
        {bindings.map((binding) => (
          <Row
            key={binding.shortcut.id}
            binding={binding}
            all={bindings}
            own={remaps[binding.shortcut.id] !== undefined}
            onKeys={(keys) => change(binding.shortcut.id, keys)}
          />
        ))}
      </ul>
      <p role="status" className="sr-only">
        {told}
      </p>
    </>
  );
}
