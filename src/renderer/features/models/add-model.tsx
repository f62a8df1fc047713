import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RemoteModel } from '#shared/contract/models.ts';
import { Button } from '../../components/button.tsx';
import { FileField } from '../../components/file-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { Field } from '../lab/field.tsx';

/** From an address, or from a file of this machine. */
export function AddModel() {
  const { t } = useTranslation();
  const { models } = useStores();
  const busy = useStore(models, (state) => state.busy !== null);
  const [url, setUrl] = useState('');
  const [path, setPath] = useState('');
  const [copy, setCopy] = useState(true);
  const box = useId();
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void models.download(url.trim()).then((begun) => begun && setUrl(''));
        }}
      >
        <Field label={t('models.url')} value={url} onChange={setUrl} note={t('models.urlNote')} />
        <Button type="submit" className="self-start" disabled={busy || url.trim() === ''}>
          {t('models.fetch')}
        </Button>
      </form>
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void models.import(path.trim(), copy).then((taken) => taken && setPath(''));
        }}
      >
        <FileField
          label={t('models.path')}
          value={path}
          onChange={setPath}
          note={t('models.pathNote')}
          accept=".gguf"
        />
        <label htmlFor={box} className="flex min-h-6 items-center gap-2 text-12">
          <input
            id={box}
            type="checkbox"
            checked={copy}
            onChange={(event) => setCopy(event.target.checked)}
            className="size-4 accent-accent"
          />
          {t('models.copy')}
        </label>
        <Button type="submit" className="self-start" disabled={busy || path.trim() === ''}>
          {t('models.import')}
        </Button>
      </form>
    </div>
  );
}

/** A model behind somebody's API, asked only where no local one is chosen. */
export function RemoteForm({ remote }: { readonly remote: RemoteModel | null }) {
  const { t } = useTranslation();
  const { models } = useStores();
  const busy = useStore(models, (state) => state.busy !== null);
  const [baseUrl, setBaseUrl] = useState(remote?.baseUrl ?? '');
  const [model, setModel] = useState(remote?.model ?? '');
  const [key, setKey] = useState(remote?.key ?? '');
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void models.setRemote({ baseUrl: baseUrl.trim(), model: model.trim(), key: key.trim() || null });
      }}
    >
      <div className="grid gap-2 lg:grid-cols-3">
        <Field label={t('models.remoteUrl')} value={baseUrl} onChange={setBaseUrl} />
        <Field label={t('models.remoteModel')} value={model} onChange={setModel} />
        <Field label={t('models.remoteKey')} value={key} onChange={setKey} note={t('models.remoteKeyNote')} />
      </div>
      <div className="flex gap-2">
        <Button type="submit" disabled={busy || baseUrl.trim() === '' || model.trim() === ''}>
          {t('models.remoteSet')}
        </Button>
        {remote !== null && (
          <Button disabled={busy} onClick={() => void models.setRemote(null)}>
            {t('models.remoteOff')}
          </Button>
        )}
      </div>
    </form>
  );
}
