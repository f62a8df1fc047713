import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HealthView } from '#shared/contract/health.ts';
import { bytesText } from '#shared/format/bytes.ts';
import { percentText } from '#shared/format/figures.ts';
import { clockSecondsText, dateTimeText } from '#shared/format/time.ts';
import { zone } from '../../app/zone.ts';
import { Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { HealthActions } from './health-actions.tsx';
import { HealthRows } from './health-rows.tsx';
import { LogPanel } from './log-panel.tsx';

function Machine({ view }: { readonly view: HealthView }) {
  const { t } = useTranslation();
  const { machine, process, loop, files } = view;
  return (
    <Pairs
      pairs={[
        {
          label: t('health.load'),
          value: t('health.loadValue', {
            load: machine.load1.toFixed(2),
            cores: t('health.cores', { count: machine.cores }),
          }),
        },
        {
          label: t('health.memoryFree'),
          value: t('health.memoryValue', {
            free: bytesText(machine.freeMemoryBytes),
            total: bytesText(machine.totalMemoryBytes),
          }),
        },
        { label: t('health.ours'), value: bytesText(process.rssBytes) },
        {
          label: t('health.cpu'),
          value: t('health.cpuValue', { percent: percentText(process.cpuFraction.toFixed(4)) }),
        },
        { label: t('health.loop'), value: `${loop.p50Ms} / ${loop.p99Ms} / ${loop.maxMs} ms` },
        ...files.map(({ name, bytes }) => ({ label: name, value: bytesText(bytes) })),
      ]}
    />
  );
}

/** How every part of the engine is, what the machine has left, and what the log says. */
export function HealthScreen() {
  const { t } = useTranslation();
  const { health } = useStores();
  const loaded = useStore(health.view);
  useEffect(() => health.follow(), [health]);
  const view = loaded.data;
  return (
    <div className="flex flex-col gap-3 p-3" data-fix="health">
      <h1 className="sr-only">{t('health.title')}</h1>
      <Panel
        title={t('health.parts')}
        flush
        note={
          view === null
            ? undefined
            : t('health.since', {
                since: dateTimeText(view.startedAt, zone),
                at: clockSecondsText(view.at, zone),
              })
        }
      >
        <HealthActions />
        <LoadedView
          loaded={loaded}
          what={t('health.title')}
          retry={() => void health.refresh()}
          cancel={health.view.giveUp}
        >
          {(data) => <HealthRows rows={data.rows} />}
        </LoadedView>
      </Panel>
      <div className="grid grid-cols-1 items-start gap-3 xl:grid-cols-[24rem_minmax(0,1fr)]">
        <Panel title={t('health.machine')}>
          <LoadedView
            loaded={loaded}
            what={t('health.machine')}
            retry={() => void health.refresh()}
            cancel={health.view.giveUp}
          >
            {(data) => <Machine view={data} />}
          </LoadedView>
        </Panel>
        <LogPanel />
      </div>
    </div>
  );
}
