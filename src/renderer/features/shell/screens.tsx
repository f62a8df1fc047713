import { memo, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useStore } from 'zustand';
import { later } from '../../components/later.tsx';
import { useCycle, useStores } from '../../stores/stores-context.tsx';
import { CommandScreen } from '../command/command-screen.tsx';
import { WelcomeScreen } from '../setup/welcome-screen.tsx';

// The screen that a start shows is part of the first piece of the page; the others are read once that one stands.
const AgentsScreen = later(async () => (await import('../agents/agents-screen.tsx')).AgentsScreen);
const AlertsScreen = later(async () => (await import('../alerts/alerts-screen.tsx')).AlertsScreen);
const ApprovalsScreen = later(async () => (await import('../approvals/approvals-screen.tsx')).ApprovalsScreen);
const AuditScreen = later(async () => (await import('../audit/audit-screen.tsx')).AuditScreen);
const HealthScreen = later(async () => (await import('../health/health-screen.tsx')).HealthScreen);
const LabScreen = later(async () => (await import('../lab/lab-screen.tsx')).LabScreen);
const MarketScreen = later(async () => (await import('../market/market-screen.tsx')).MarketScreen);
const MemoryScreen = later(async () => (await import('../memory/memory-screen.tsx')).MemoryScreen);
const ModelsScreen = later(async () => (await import('../models/models-screen.tsx')).ModelsScreen);
const NewsScreen = later(async () => (await import('../news/news-screen.tsx')).NewsScreen);
const PerformanceScreen = later(async () => (await import('../performance/performance-screen.tsx')).PerformanceScreen);
const PortfolioScreen = later(async () => (await import('../portfolio/portfolio-screen.tsx')).PortfolioScreen);
const SettingsScreen = later(async () => (await import('../settings/settings-screen.tsx')).SettingsScreen);
const TerminalScreen = later(async () => (await import('../terminal/terminal-screen.tsx')).TerminalScreen);

/** In the order in which they are read: what is opened most comes first. */
const LATER = [
  MarketScreen,
  AgentsScreen,
  PortfolioScreen,
  ApprovalsScreen,
  SettingsScreen,
  LabScreen,
  PerformanceScreen,
  MemoryScreen,
  NewsScreen,
  ModelsScreen,
  AuditScreen,
  HealthScreen,
  AlertsScreen,
  TerminalScreen,
] as const;

/** Reads the code of the other screens one after another, whenever the page has nothing else to do. */
function readAhead(): () => void {
  let plan = 0;
  const next = (index: number): void => {
    const screen = LATER[index];
    if (screen === undefined) return;
    plan = requestIdleCallback(() => {
      // One that could not be read now is read when it is opened, which then says why it cannot.
      void screen
        .load()
        .catch(() => undefined)
        .finally(() => next(index + 1));
    });
  };
  next(0);
  return () => cancelIdleCallback(plan);
}

/** Every component in every state, for whoever builds the window. A production build has neither the route nor the page. */
const Gallery =
  import.meta.env.MODE === 'production' ? null : later(async () => (await import('../gallery/gallery.tsx')).Gallery);

/** The screen that is open. What is opened around it, such as the palette, does not draw it again. */
export const Screens = memo(function Screens() {
  const { preferences } = useStores();
  const [path] = useLocation();
  // Another language draws all of it afresh.
  useTranslation();
  const unused = useCycle((state) => state.loaded && state.newest === null);
  const welcomed = useStore(preferences, (state) => state.data?.welcomed ?? true);
  const first = path === '/' && unused && !welcomed;
  useEffect(readAhead, []);
  return (
    <Suspense fallback={<div data-coming="" />}>
      <Switch>
        <Route path="/" component={first ? WelcomeScreen : CommandScreen} />
        <Route path="/market" component={MarketScreen} />
        <Route path="/agents/:id?">{({ id }) => <AgentsScreen agentId={id ?? null} />}</Route>
        <Route path="/approvals/:id?">{({ id }) => <ApprovalsScreen approvalId={id ?? null} />}</Route>
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
        {Gallery !== null && <Route path="/gallery" component={Gallery} />}
        <Route path="/settings/:section?">{({ section }) => <SettingsScreen section={section ?? null} />}</Route>
        <Route>
          <Redirect to="/" replace />
        </Route>
      </Switch>
    </Suspense>
  );
});
