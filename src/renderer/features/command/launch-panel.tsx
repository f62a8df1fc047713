import { LoaderCircle, Play } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { keysText } from '#shared/shortcuts/keys.ts';
import { useShortcutKeys } from '../../app/shortcuts.ts';
import { Button } from '../../components/button.tsx';
import { EnvTag } from '../../components/env.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { Select } from '../../components/select.tsx';
import { ErrorState } from '../../components/states.tsx';
import type { IntervalName } from '../../stores/market-store.ts';
import { useCycle, useEngine, useStores } from '../../stores/stores-context.tsx';
import { ChooseSheet } from '../choose/choose-sheet.tsx';
import { INTERVAL_OPTIONS } from '../market/intervals.ts';
import { marketLabel } from '../market/market-label.ts';
import { CancelButton } from './cancel-button.tsx';
import { PreflightLine } from './preflight-line.tsx';
import { ScheduleStrip } from './schedule-strip.tsx';
import { useLaunch } from './use-launch.ts';

const isMac = navigator.platform.startsWith('Mac');

/** The one button, what it will look at, and whether it can. */
export function LaunchPanel() {
  const keysOf = useShortcutKeys();
  const { market } = useStores();
  const instruments = useStore(market.instruments, (state) => state.data);
  const status = useEngine((state) => state.status);
  const startError = useCycle((state) => state.startError);
  const launch = useLaunch();
  const { t } = useTranslation();
  const why = useId();
  const busy = launch.starting || launch.running;

  const symbols = instruments?.map((one) => one.symbol) ?? [];
  const choices = symbols.includes(launch.instrument) ? symbols : [launch.instrument, ...symbols];

  return (
    <section aria-label={t('command.launch.region')} data-panel="" className="rounded-panel border border-hair bg-bg1">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3 p-4">
        <div data-fix="instrument">
          <Select
            label={t('command.launch.instrument')}
            value={launch.instrument}
            options={choices.map((symbol) => ({ value: symbol, label: symbol }))}
            onChange={(instrument) => launch.choose({ instrument })}
            disabled={busy}
          />
        </div>
        <Select
          label={t('command.launch.interval')}
          value={launch.interval ?? 'auto'}
          options={[{ value: 'auto', label: t('command.launch.auto') }, ...INTERVAL_OPTIONS]}
          onChange={(value) => launch.choose({ interval: value === 'auto' ? null : (value as IntervalName) })}
          disabled={busy}
        />
        {status !== null && (
          <p
            className="figure flex min-w-0 flex-1 basis-36 items-center gap-2 text-12 text-muted"
            title={marketLabel(status)}
          >
            <EnvTag environment={status.environment} />
            <span className="truncate">{marketLabel(status)}</span>
          </p>
        )}
        <div className="ml-auto flex shrink-0 items-center gap-2">
          {launch.running && <CancelButton />}
          <Button aria-haspopup="dialog" onClick={() => launch.choose({ choosing: { parent: null } })}>
            {t('choose.open')}
          </Button>
          <button
            type="button"
            data-control=""
            data-testid="spawn"
            aria-describedby={why}
            aria-disabled={launch.blocked !== null || launch.starting}
            onClick={launch.start}
            className="fade inline-flex h-11 min-w-56 items-center justify-center gap-2.5 rounded-control bg-spawn px-5 text-15 font-bold text-on-spawn select-none hover:brightness-105 aria-disabled:cursor-not-allowed aria-disabled:bg-bg3 aria-disabled:text-muted aria-disabled:hover:brightness-100"
          >
            {busy ? (
              <LoaderCircle aria-hidden size={17} className="spin" />
            ) : (
              <Play aria-hidden size={16} fill="currentColor" />
            )}
            {t(busy ? 'command.launch.busy' : 'command.launch.press')}
            {!busy && (
              <Kbd>
                {keysText(keysOf('spawn'))
                  .replace('Ctrl', isMac ? '⌘' : 'Ctrl')
                  .replace('Enter', '⏎')}
              </Kbd>
            )}
          </button>
        </div>
      </div>
      <div className="flex min-h-9 flex-wrap items-center gap-x-6 gap-y-1 border-t border-hair px-4 py-2">
        <PreflightLine />
        <span id={why} className={launch.blocked !== null && !launch.running ? 'ml-auto text-12 text-warn' : 'sr-only'}>
          {launch.blocked ?? t('command.allReady')}
        </span>
      </div>
      <ScheduleStrip />
      {startError !== null && <ErrorState error={startError} />}
      <ChooseSheet />
    </section>
  );
}
