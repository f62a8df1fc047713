import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AlertKindView } from '#shared/contract/alerts.ts';
import { usePreference } from '../../app/preferences.ts';
import { said } from '../../app/said.ts';
import { Setting } from '../../components/setting.tsx';
import { LoadedView } from '../../components/states.tsx';
import { Switch } from '../../components/switch.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { viewError } from '../../stores/loaded.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { UrgencyMark } from '../alerts/urgency-mark.tsx';
import { ChannelsPart } from '../outside/channels-part.tsx';

const USUAL_NIGHT = { from: '22:00', to: '07:00' } as const;
const USUAL_SUMMARY = '20:00';

type TimeProps = { readonly label: string; readonly value: string; readonly onChange: (value: string) => void };

function TimeField({ label, value, onChange }: TimeProps) {
  return (
    <label className="flex items-center gap-2 text-12 text-muted">
      {label}
      <input
        type="time"
        required
        value={value}
        onChange={(event) => {
          if (event.target.value !== '') onChange(event.target.value);
        }}
        className="figure h-8 rounded-control border border-line bg-bg2 px-2 text-13 text-ink"
      />
    </label>
  );
}

/** When the engine may speak, of what, and whether it comes up with the machine. */
export function NotificationsSection() {
  const { t } = useTranslation();
  const { preferences } = useStores();
  const quiet = usePreference('quietHours');
  const summary = usePreference('dailySummaryTime');
  const startAtLogin = usePreference('startAtLogin');
  return (
    <>
      <Setting id="quietHours" label={t('alerts.section.quietHours')} note={t('alerts.section.quietNote')}>
        {(labelledBy) => (
          <div className="flex flex-wrap items-center gap-3">
            <Switch
              labelledBy={labelledBy}
              checked={quiet !== null}
              onChange={(on) => void preferences.change({ quietHours: on ? USUAL_NIGHT : null })}
            />
            {quiet !== null && (
              <>
                <TimeField
                  label={t('alerts.section.from')}
                  value={quiet.from}
                  onChange={(from) => void preferences.change({ quietHours: { ...quiet, from } })}
                />
                <TimeField
                  label={t('alerts.section.to')}
                  value={quiet.to}
                  onChange={(to) => void preferences.change({ quietHours: { ...quiet, to } })}
                />
              </>
            )}
          </div>
        )}
      </Setting>
      <Setting id="dailySummaryTime" label={t('alerts.section.summary')} note={t('alerts.section.summaryNote')}>
        {(labelledBy) => (
          <div className="flex flex-wrap items-center gap-3">
            <Switch
              labelledBy={labelledBy}
              checked={summary !== null}
              onChange={(on) => void preferences.change({ dailySummaryTime: on ? USUAL_SUMMARY : null })}
            />
            {summary !== null && (
              <TimeField
                label={t('alerts.section.at')}
                value={summary}
                onChange={(at) => void preferences.change({ dailySummaryTime: at })}
              />
            )}
          </div>
        )}
      </Setting>
      <Setting id="startAtLogin" label={t('alerts.section.login')} note={t('alerts.section.loginNote')}>
        {(labelledBy) => (
          <Switch
            labelledBy={labelledBy}
            checked={startAtLogin}
            onChange={(on) => void preferences.change({ startAtLogin: on })}
          />
        )}
      </Setting>
      <ChannelsPart />
      <Setting id="alertKinds" label={t('alerts.section.kinds')} note={t('alerts.section.intro')}>
        {() => <span />}
      </Setting>
      <KindTable />
    </>
  );
}

function KindTable() {
  const { t } = useTranslation();
  const { alerts } = useStores();
  const loaded = useStore(alerts.kinds);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    void alerts.kinds.refresh();
  }, [alerts]);
  const tells = ({ os, sound }: AlertKindView): string =>
    [
      t('alerts.section.here'),
      ...(os ? [t('alerts.section.desktop')] : []),
      ...(sound === 'none' ? [] : [t('alerts.section.sound')]),
    ].join(', ');
  const state = ({ mutable, onMade, onVenues, muted }: AlertKindView): string => {
    if (mutable === 'never') return t('alerts.section.always');
    if (muted) return t('alerts.section.off');
    return t(onMade === onVenues ? 'alerts.section.on' : 'alerts.section.onVenues');
  };
  return (
    <LoadedView
      loaded={loaded}
      what={t('alerts.section.title')}
      retry={() => void alerts.kinds.refresh()}
      cancel={alerts.kinds.giveUp}
    >
      {(kinds) => (
        <>
          {problem !== null && (
            <p role="alert" className="px-3 pb-2 text-12 text-danger">
              {said(problem)}
            </p>
          )}
          <Table
            label={t('alerts.section.title')}
            columns={[
              { label: t('alerts.section.kind') },
              { label: t('alerts.section.tells') },
              { label: t('alerts.section.state') },
              { label: t('alerts.section.tell'), align: 'right' },
            ]}
          >
            {kinds.map((one) => (
              <tr key={one.kind} data-kind={one.kind}>
                <Cell>
                  <span className="flex items-center gap-2">
                    <UrgencyMark urgency={one.urgency} />
                    <span id={`kind-${one.kind}`}>{t(`alerts.kinds.${one.kind}.title`)}</span>
                  </span>
                </Cell>
                <Cell className="text-muted">{tells(one)}</Cell>
                <Cell className="text-muted">{state(one)}</Cell>
                <Cell align="right">
                  <span className="inline-flex align-middle">
                    <Switch
                      labelledBy={`kind-${one.kind}`}
                      checked={!one.muted}
                      disabled={one.mutable === 'never'}
                      onChange={(on) => {
                        alerts.mute(one.kind, !on).then(
                          () => setProblem(null),
                          (error: unknown) => setProblem(viewError(error).message),
                        );
                      }}
                    />
                  </span>
                </Cell>
              </tr>
            ))}
          </Table>
        </>
      )}
    </LoadedView>
  );
}
