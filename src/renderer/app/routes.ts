import {
  Bot,
  BrainCircuit,
  ChartCandlestick,
  ChartPie,
  CircleCheckBig,
  FlaskConical,
  HeartPulse,
  Library,
  type LucideIcon,
  Newspaper,
  ScrollText,
  Settings,
  SquareTerminal,
  Terminal,
  WalletCards,
} from 'lucide-react';
import type { english } from '#shared/i18n/en/words.ts';

export type Route = {
  readonly path: string;
  /** Its word in the catalogue: `shell.screens.…`. */
  readonly screen: keyof typeof english.shell.screens;
  readonly icon: LucideIcon;
};

/** The screens that exist, in the order of the rail. */
export const ROUTES: readonly Route[] = [
  { path: '/', screen: 'command', icon: Terminal },
  { path: '/market', screen: 'market', icon: ChartCandlestick },
  { path: '/agents', screen: 'agents', icon: Bot },
  { path: '/approvals', screen: 'approvals', icon: CircleCheckBig },
  { path: '/portfolio', screen: 'portfolio', icon: WalletCards },
  { path: '/lab', screen: 'lab', icon: FlaskConical },
  { path: '/performance', screen: 'performance', icon: ChartPie },
  { path: '/memory', screen: 'memory', icon: Library },
  { path: '/news', screen: 'news', icon: Newspaper },
  { path: '/models', screen: 'models', icon: BrainCircuit },
  { path: '/audit', screen: 'audit', icon: ScrollText },
  { path: '/health', screen: 'health', icon: HeartPulse },
  { path: '/terminal', screen: 'terminal', icon: SquareTerminal },
  { path: '/settings', screen: 'settings', icon: Settings },
];
