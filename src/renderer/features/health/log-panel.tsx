import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { clockSecondsText, utcText } from '#shared/format/time.ts';
import { zone } from '../../app/zone.ts';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';

const TONES = { info: 'text-muted', warn: 'text-warn', error: 'text-danger' } as const;

/** The engine's log: what went wrong, and when. */
export function LogPanel() {
  const { t } = useTranslation();
  const { health } = useStores();
  const loaded = useStore(health.log);
  return (
    <Panel title={t('health.log')} note={t('health.logNote')} flush>
      <LoadedView loaded={loaded} what={t('health.log')} retry={() => void health.refresh()} cancel={health.log.giveUp}>
        {(lines) =>
          lines.length === 0 ? (
            <EmptyState>{t('health.noLog')}</EmptyState>
          ) : (
            <div className="max-h-96 overflow-y-auto">
              <Table
                label={t('health.log')}
                columns={[{ label: t('health.when') }, { label: t('health.level') }, { label: t('health.message') }]}
              >
                {lines.map((line, index) => (
                  <tr key={`${line.ts} ${index}`}>
                    <Cell className="figure">
                      <time dateTime={new Date(line.ts).toISOString()} title={utcText(line.ts)}>
                        {clockSecondsText(line.ts, zone)}
                      </time>
                    </Cell>
                    <Cell className={clsx('figure-mono', TONES[line.level])}>{line.level}</Cell>
                    <Cell className="min-w-80 whitespace-normal break-words">
                      {line.message}
                      {line.detail !== null && (
                        <span className="figure-mono ml-2 text-11 text-faint">{line.detail}</span>
                      )}
                    </Cell>
                  </tr>
                ))}
              </Table>
            </div>
          )
        }
      </LoadedView>
    </Panel>
  );
}
