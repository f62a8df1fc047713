import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useStore } from 'zustand';
import type { ScreenShortcut } from '#shared/shortcuts/table.ts';
import type { ConnectionState } from '../../app/connection.ts';
import { moveRegion } from '../../app/regions.ts';
import { ROUTES } from '../../app/routes.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { useCycle, useEngine, useStores } from '../../stores/stores-context.tsx';
import { StepUpDialog } from '../access/step-up-dialog.tsx';
import { AgentsScreen } from '../agents/agents-screen.tsx';
import { AlertToasts } from '../alerts/alert-toasts.tsx';
import { AlertsScreen } from '../alerts/alerts-screen.tsx';
import { ApprovalsScreen } from '../approvals/approvals-screen.tsx';
import { AuditScreen } from '../audit/audit-screen.tsx';
import { CommandScreen } from '../command/command-screen.tsx';
import { useLaunch } from '../command/use-launch.ts';
import { HealthScreen } from '../health/health-screen.tsx';
import { LabScreen } from '../lab/lab-screen.tsx';
import { MarketScreen } from '../market/market-screen.tsx';
import { MemoryScreen } from '../memory/memory-screen.tsx';
import { ModelsScreen } from '../models/models-screen.tsx';
import { NewsScreen } from '../news/news-screen.tsx';
import { Palette } from '../palette/palette.tsx';
import { usePaletteActions } from '../palette/use-palette-actions.ts';
import { PerformanceScreen } from '../performance/performance-screen.tsx';
import { PortfolioScreen } from '../portfolio/portfolio-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { WelcomeScreen } from '../setup/welcome-screen.tsx';
import { TerminalScreen } from '../terminal/terminal-screen.tsx';
import { Banners } from './banners.tsx';
import { HealthStrip } from './health-strip.tsx';
import { KillSheet } from './kill-sheet.tsx';
import { Rail } from './rail.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { TopBar } from './top-bar.tsx';
import { useTopOfScreen } from './use-top-of-screen.ts';

/** Every component in every state, for whoever builds the window. A production build has neither the route nor the page. */
const Gallery =
  import.meta.env.MODE === 'production'
    ? null
    : lazy(async () => ({ default: (await import('../gallery/gallery.tsx')).Gallery }));

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
  const unused = useCycle((state) => state.loaded && state.newest === null);
  const known = useStore(stores.preferences, (state) => state.data);
  const first = path === '/' && unused && known !== null && !known.welcomed;
  const paletteActions = usePaletteActions({ shortcuts: () => setHelp(true), alerts: () => setBell(true) });

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
    help: () => setHelp(true),
    terminal: () => navigate(location.hash.startsWith('#/terminal') ? '/' : '/terminal'),
    alerts: () => setBell((open) => !open),
    palette: () => setPalette((open) => !open),
    settings: () => navigate('/settings'),
  });

  return (
    // Without a connection every figure is the last one received.
    <div data-kept={!online} className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_minmax(0,1fr)_auto]">
      <TopBar online={online} menuOpen={menu} onMenu={() => setMenu(!menu)} bell={bell} onBell={setBell} />
      <Banners connection={connection} connect={connect} />
      <div className="relative flex min-h-0 min-w-0">
        <Rail open={menu} onNavigate={() => setMenu(false)} />
        <main
          ref={main}
          className="relative min-w-0 flex-1 overflow-x-hidden overflow-y-auto"
          tabIndex={-1}
          data-region="screen"
        >
          <Switch>
            <Route path="/" component={first ? WelcomeScreen : CommandScreen} />
            <Route path="/market" component={MarketScreen} />
            <Route path="/agents/:id?">{({ id }) => <AgentsScreen agentId={id ?? null} />}</Route>
            <Route path="/approvals" component={ApprovalsScreen} />
            <Route path="/portfolio" component={PortfolioScreen} />
            <Route path="/lab/:id?">{({ id }) => <LabScreen id={id ?? null} />}</Route>
            <Route path="/performance" component={PerformanceScreen} />
            <Route path="/memory" component={MemoryScreen} />
            <Route path="/news" component={NewsScreen} />
            <Route path="/models" component={ModelsScreen} />
            <Route path="/alerts" component={AlertsScreen} />
            <Route path="/audit" component={AuditScreen} />
            <Route path="/health" component={HealthScreen} />
            <Route path="/terminal" component={TerminalScreen} />
            {Gallery !== null && (
              <Route path="/gallery">
                <Suspense>
                  <Gallery />
                </Suspense>
              </Route>
            )}
            <Route path="/settings/:section?">{({ section }) => <SettingsScreen section={section ?? null} />}</Route>
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </main>
      </div>
      <HealthStrip online={online} onHelp={() => setHelp(true)} onFind={() => setPalette(true)} />
      <Palette open={palette} onClose={() => setPalette(false)} actions={paletteActions} />
      <KillSheet />
      <StepUpDialog />
      <AlertToasts />
      <ShortcutSheet open={help} onClose={() => setHelp(false)} />
      {live && <div aria-hidden className="pointer-events-none fixed inset-0 z-50 border-2 border-live-fill" />}
    </div>
  );
}
