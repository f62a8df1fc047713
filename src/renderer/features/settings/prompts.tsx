import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { PromptPartView } from '#shared/contract/prompts.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { PromptEditor } from './prompt-editor.tsx';

function State({ part }: { readonly part: PromptPartView }) {
  const { t } = useTranslation();
  if (part.fixed !== null) return <Chip title={said(part.fixed)}>{t('prompts.fixed')}</Chip>;
  return part.edited ? <Chip tone="warn">{t('prompts.edited')}</Chip> : <Chip>{t('prompts.shipped')}</Chip>;
}

/** The parts of agents' instructions, and the editor of the open one. */
export function PromptsSection() {
  const { t } = useTranslation();
  const { prompts } = useStores();
  const loaded = useStore(prompts.list);
  const { id: open } = useStore(prompts.open);
  useEffect(() => void prompts.list.refresh(), [prompts]);
  if (open !== null) {
    return (
      <div className="flex flex-col gap-3 p-3">
        <Button className="self-start" onClick={() => prompts.choose(null)}>
          {t('prompts.back')}
        </Button>
        <PromptEditor key={open} />
      </div>
    );
  }
  return (
    <LoadedView
      loaded={loaded}
      what={t('prompts.loading')}
      retry={() => void prompts.list.refresh()}
      cancel={prompts.list.giveUp}
    >
      {(parts) => (
        <>
          <p className="max-w-prose px-3 py-3 text-12 text-muted">{t('prompts.intro')}</p>
          <ul aria-label={t('prompts.parts')} className="text-12">
            {parts.map((part) => (
              <li key={part.id} id={`setting-prompt-${part.id}`} tabIndex={-1} className="border-t border-hair">
                <button
                  type="button"
                  onClick={() => prompts.choose(part.id)}
                  className="fade flex min-h-9 w-full flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-left -outline-offset-2 hover:bg-bg2"
                >
                  <span className="figure-mono min-w-52 font-medium">{part.id}</span>
                  <span className="min-w-48 flex-1 text-muted">{said(part.purpose)}</span>
                  <span className="figure text-11 text-faint">{t('prompts.version', { version: part.version })}</span>
                  <State part={part} />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </LoadedView>
  );
}
