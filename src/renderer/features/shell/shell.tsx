import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ScreenShortcut } from '#shared/shortcuts/table.ts';
import type { ConnectionState } from '../../app/connection.ts';
import { moveRegion } from '../../app/regions.ts';
import { ROUTES } from '../../app/routes.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { StepUpDialog } from '../access/step-up-dialog.tsx';
import { AlertToasts } from '../alerts/alert-toasts.tsx';
import { useLaunch } from '../command/use-launch.ts';
import { Palette } from '../palette/palette.tsx';
import { usePaletteActions } from '../palette/use-palette-actions.ts';
import { Banners } from './banners.tsx';
import { HealthStrip } from './health-strip.tsx';
import { KillSheet } from './kill-sheet.tsx';
import { Rail } from './rail.tsx';
import { Screens } from './screens.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { TopBar } from './top-bar.tsx';
import { useTopOfScreen } from './use-top-of-screen.ts';

type Props = { readonly connection: ConnectionState; readonly connect: () => void };

/** What is always visible: bar, rail, strip; the open screen between them. */
export function Shell({ connection, connect }: Props) {
  const stores = useStores();
  const { t } = useTranslation();
  const [path, navigate] = useLocation();
  const main = useTopOfScreen(path);
  const [help, setHelp] = useState(false);
  const [menu, setMenu] = useState(false);
  const [bell, setBell] = useState(false);
  const [palette, setPalette] = useState(false);
  const live = useEngine((state) => state.status?.environment === 'live');
  const online = connection.phase === 'ready';
  const launch = useLaunch();
  const openHelp = useCallback(() => setHelp(true), []);
  const closeHelp = useCallback(() => setHelp(false), []);
  const openPalette = useCallback(() => setPalette(true), []);
  const closePalette = useCallback(() => setPalette(false), []);
  const turnMenu = useCallback(() => setMenu((open) => !open), []);
  const closeMenu = useCallback(() => setMenu(false), []);
  const opens = useMemo(() => ({ shortcuts: openHelp, alerts: () => setBell(true) }), [openHelp]);
  const paletteActions = usePaletteActions(opens);

  const lowerOrAsk = (wanted: 'full' | 'semi' | 'manual' | 'emergency'): void => {
    const now = stores.engine.getState().status?.mode;
    // A key only ever lowers; raising and the emergency open the question.
    if ((wanted === 'semi' && now === 'full') || (wanted === 'manual' && (now === 'full' || now === 'semi')))
      void stores.automation.setMode(wanted);
    else stores.automation.askMode(wanted);
  };
  const screens = Object.fromEntries(
    ROUTES.map(({ screen, path: to }) => [`go.${screen}`, () => navigate(to)]),
  ) as Record<ScreenShortcut, () => void>;

  useShortcuts({
    ...screens,
    spawn() {
      navigate('/');
      launch.start();
    },
    cancel() {
      if (stores.cycle.getState().newest?.state !== 'running') return;
      void stores.cycle.cancel('canceled with Esc in the window');
      // The question stands where the button is.
      if (stores.cycle.getState().asking) navigate('/');
    },
    kill: () => void stores.engine.kill('kill switch, pressed in the window'),
    'mode.full': () => lowerOrAsk('full'),
    'mode.semi': () => lowerOrAsk('semi'),
    'mode.manual': () => lowerOrAsk('manual'),
    'mode.emergency': () => lowerOrAsk('emergency'),
    halt() {
      if (stores.engine.getState().status?.tradingState === 'active')
        void stores.automation.halt(t('approvals.level.haltReason'));
    },
    // Where no passphrase protects the data there is nothing to lock; the place that says so and mends it is opened instead.
    lock: () => (paletteActions.lock === null ? navigate('/settings/security') : paletteActions.lock()),
    'region.next': () => moveRegion(1),
    'region.previous': () => moveRegion(-1),
    help: openHelp,
    terminal: () => navigate(location.hash.startsWith('#/terminal') ? '/' : '/terminal'),
    alerts: () => setBell((open) => !open),
    palette: () => setPalette((open) => !open),
    settings: () => navigate('/settings'),
  });

  return (
    // Without a connection every figure is the last one received.
    <div data-kept={!online} className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_minmax(0,1fr)_auto]">
      <TopBar online={online} menuOpen={menu} onMenu={turnMenu} bell={bell} onBell={setBell} />
      <Banners connection={connection} connect={connect} />
      <div className="relative flex min-h-0 min-w-0">
        <Rail open={menu} onNavigate={closeMenu} />
        <main
          ref={main}
          className="relative min-w-0 flex-1 overflow-x-hidden overflow-y-auto"
          tabIndex={-1}
          data-region="screen"
        >
          <Screens />
        </main>
      </div>
      <HealthStrip online={online} onHelp={openHelp} onFind={openPalette} />
      <Palette open={palette} onClose={closePalette} actions={paletteActions} />
      <KillSheet />
      <StepUpDialog />
      <AlertToasts />
      <ShortcutSheet open={help} onClose={closeHelp} />
      {live && <div aria-hidden className="pointer-events-none fixed inset-0 z-50 border-2 border-live-fill" />}
    </div>
  );
}
