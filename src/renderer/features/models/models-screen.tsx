import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { bytesText } from '#shared/format/bytes.ts';
import { Panel } from '../../components/panel.tsx';
import { ErrorState, LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { AddModel, RemoteForm } from './add-model.tsx';
import { DownloadsPanel } from './downloads-panel.tsx';
import { ModelTable } from './model-table.tsx';

/** What judges beside the rules: the models of this machine, what is being fetched, and one elsewhere if the master wants it. */
export function ModelsScreen() {
  const { t } = useTranslation();
  const { models } = useStores();
  const list = useStore(models.list);
  const machine = useStore(models.machine, ({ data }) => data);
  const error = useStore(models, (state) => state.error);
  useEffect(() => {
    void models.list.refresh();
    void models.machine.refresh();
  }, [models]);
  return (
    <div className="flex flex-col gap-3 p-3">
      <h1 className="sr-only">{t('models.title')}</h1>
      {error !== null && <ErrorState error={error} />}
      <LoadedView
        loaded={list}
        what={t('models.what')}
        retry={() => void models.list.refresh()}
        cancel={models.list.giveUp}
      >
        {(data) => (
          <>
            <Panel
              title={t('models.list')}
              note={
                machine === null
                  ? t('models.listNote')
                  : t('models.machine', {
                      free: bytesText(machine.free),
                      total: bytesText(machine.total),
                      cores: machine.cores,
                    })
              }
              flush
            >
              <ModelTable list={data} />
            </Panel>
            <Panel title={t('models.downloads')} flush>
              <DownloadsPanel downloads={data.downloads} />
            </Panel>
            <Panel title={t('models.add')} note={t('models.addNote')}>
              <AddModel />
            </Panel>
            <Panel title={t('models.remote')} note={t('models.remoteNote')}>
              <RemoteForm key={data.remote?.baseUrl ?? ''} remote={data.remote} />
            </Panel>
          </>
        )}
      </LoadedView>
    </div>
  );
}
