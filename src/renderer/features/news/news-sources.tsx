import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { NewsSourceView } from '#shared/contract/news.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { FileField } from '../../components/file-field.tsx';
import { Moment } from '../../components/moment.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { Field } from '../lab/field.tsx';

/** Who is listened to, how much, and what the last fetch said. A muted source weighs nothing. */
export function NewsSources({ sources }: { readonly sources: readonly NewsSourceView[] }) {
  const { t } = useTranslation();
  const { news } = useStores();
  const busy = useStore(news, (state) => state.busy);
  if (sources.length === 0) return <EmptyState>{t('learned.news.noSources')}</EmptyState>;
  return (
    <Table
      label={t('learned.news.sources')}
      columns={[
        { label: t('learned.news.source') },
        { label: t('learned.news.weight'), align: 'right' },
        { label: t('learned.news.count'), align: 'right' },
        { label: t('learned.news.fetched') },
        { label: t('learned.news.address') },
        { label: '' },
      ]}
    >
      {sources.map(({ name, weight, items, fetchedAt, url, fault }) => (
        <tr key={name} data-source={name}>
          <Cell className="font-medium">{name}</Cell>
          <Cell align="right" className="figure-mono">
            {weight === 0 ? <Chip tone="warn">{t('learned.news.muted')}</Chip> : weight}
          </Cell>
          <Cell align="right" className="figure-mono">
            {items}
          </Cell>
          <Cell>
            {fetchedAt === null ? (
              <span className="text-muted">{t('learned.news.never')}</span>
            ) : (
              <Moment ms={fetchedAt} form="short" />
            )}
          </Cell>
          <Cell className="max-w-72 truncate text-muted">{fault ?? url ?? t('learned.news.fromFiles')}</Cell>
          <Cell align="right">
            <span className="inline-flex items-center gap-1.5">
              {url !== null && (
                <>
                  <Button disabled={busy} onClick={() => void news.fetch(name)}>
                    {t('learned.news.fetch')}
                  </Button>
                  <Button disabled={busy} onClick={() => void news.add(name, url, weight === 0 ? 1 : 0)}>
                    {t(weight === 0 ? 'learned.news.unmute' : 'learned.news.mute')}
                  </Button>
                </>
              )}
              <ConfirmButton
                label={t('learned.news.remove')}
                ask={t('learned.news.removeSure', { name })}
                yes={t('learned.news.removeYes')}
                no={t('learned.news.keep')}
                disabled={busy}
                onYes={() => void news.remove(name)}
              />
            </span>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

/** Follows an address, or takes a file of this machine. */
export function AddNews() {
  const { t } = useTranslation();
  const { news } = useStores();
  const busy = useStore(news, (state) => state.busy);
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [path, setPath] = useState('');
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-3 lg:grid-cols-3">
        <Field label={t('learned.news.name')} value={name} onChange={setName} note={t('learned.news.nameNote')} />
        <Field label={t('learned.news.url')} value={url} onChange={setUrl} placeholder="https://" />
        <FileField label={t('learned.news.path')} value={path} onChange={setPath} note={t('learned.news.pathNote')} />
      </div>
      <div className="flex gap-2">
        <Button
          disabled={busy || name.trim() === '' || url.trim() === ''}
          onClick={() => void news.add(name.trim(), url.trim()).then((done) => done && setUrl(''))}
        >
          {t('learned.news.addDo')}
        </Button>
        <Button
          disabled={busy || name.trim() === '' || path.trim() === ''}
          onClick={() => void news.import(name.trim(), path.trim()).then((done) => done && setPath(''))}
        >
          {t('learned.news.importDo')}
        </Button>
      </div>
    </div>
  );
}
