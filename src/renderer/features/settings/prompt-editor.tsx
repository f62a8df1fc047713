import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { PROMPT_CAP, type PromptPartDetail } from '#shared/contract/prompts.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { LineDiff } from '../../components/line-diff.tsx';
import { Moment } from '../../components/moment.tsx';
import { ErrorState, LoadedView } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';

const FIELD = 'rounded-control border border-line bg-bg2 px-2 text-12 text-ink';

/** One part: its text, why it is written anew, how it differs from the one that ships, and what it was before. */
export function PromptEditor() {
  const { t } = useTranslation();
  const { prompts } = useStores();
  const loaded = useStore(prompts.detail);
  return (
    <LoadedView
      loaded={loaded}
      what={t('prompts.loading')}
      retry={() => void prompts.detail.refresh()}
      cancel={prompts.detail.giveUp}
    >
      {(detail) => <Editor key={detail.part.hash} detail={detail} />}
    </LoadedView>
  );
}

function Editor({ detail }: { readonly detail: PromptPartDetail }) {
  const { t } = useTranslation();
  const { prompts } = useStores();
  const { busy, error } = useStore(prompts.open);
  const [text, setText] = useState(detail.text);
  const [reason, setReason] = useState('');
  const { part } = detail;
  const fixed = part.fixed !== null;
  const ready = !fixed && !busy && reason.trim() !== '';
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && text !== detail.text) void prompts.edit(text, reason.trim());
  };
  return (
    <form onSubmit={save} className="flex min-w-0 flex-col gap-3">
      <p className="text-12 text-muted">{said(part.fixed ?? part.purpose)}</p>
      <textarea
        value={text}
        readOnly={fixed}
        maxLength={PROMPT_CAP}
        rows={10}
        spellCheck={false}
        aria-label={t('prompts.text', { id: part.id })}
        onChange={(event) => setText(event.target.value)}
        className={`figure-mono w-full py-1.5 ${FIELD}`}
      />
      <p className="figure-mono text-11 break-words text-faint">
        {part.placeholders.length === 0
          ? t('prompts.noPlaceholders')
          : t('prompts.placeholders', { names: part.placeholders.map((name) => `{{${name}}}`).join(' ') })}
      </p>
      {error !== null && <ErrorState error={error} />}
      {!fixed && (
        <div className="flex flex-wrap items-end gap-2">
          <TextField
            label={t('prompts.reason')}
            value={reason}
            maxLength={200}
            onChange={(event) => setReason(event.target.value)}
            className="min-w-56 flex-1"
          />
          <Button type="submit" kind="primary" disabled={!ready || text === detail.text}>
            {t('prompts.save')}
          </Button>
          {part.edited && (
            <Button disabled={!ready} onClick={() => void prompts.restore(undefined, reason.trim())}>
              {t('prompts.restore')}
            </Button>
          )}
        </div>
      )}
      {part.edited && (
        <section>
          <h3 className="mb-1 text-11 font-bold text-muted">{t('prompts.beside')}</h3>
          <LineDiff lines={detail.lines} label={t('prompts.beside')} />
        </section>
      )}
      {detail.history.length > 0 && (
        <section>
          <h3 className="mb-1 text-11 font-bold text-muted">{t('prompts.history')}</h3>
          <ul className="text-12">
            {detail.history.map(({ version, ts, reason: why, text: old }) => (
              <li key={version} className="flex flex-wrap gap-x-3 border-t border-hair py-1">
                <span className="figure">{t('prompts.version', { version })}</span>
                <Moment ms={ts} form="short" />
                <span className="text-muted">{old === null ? t('prompts.shipped') : why}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </form>
  );
}
