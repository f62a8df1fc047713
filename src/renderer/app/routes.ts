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
  /** Pressed after `g`. */
  readonly key: string;
};

/** The screens that exist, in the order of the rail. */
export const ROUTES: readonly Route[] = [
  { path: '/', screen: 'command', icon: Terminal, key: 'c' },
  { path: '/market', screen: 'market', icon: ChartCandlestick, key: 'm' },
  { path: '/agents', screen: 'agents', icon: Bot, key: 'a' },
  { path: '/approvals', screen: 'approvals', icon: CircleCheckBig, key: 'p' },
  { path: '/portfolio', screen: 'portfolio', icon: WalletCards, key: 'o' },
  { path: '/lab', screen: 'lab', icon: FlaskConical, key: 'l' },
  { path: '/performance', screen: 'performance', icon: ChartPie, key: 'f' },
  { path: '/memory', screen: 'memory', icon: Library, key: 'e' },
  { path: '/news', screen: 'news', icon: Newspaper, key: 'n' },
  { path: '/models', screen: 'models', icon: BrainCircuit, key: 'd' },
  { path: '/audit', screen: 'audit', icon: ScrollText, key: 'u' },
  { path: '/health', screen: 'health', icon: HeartPulse, key: 'h' },
  { path: '/terminal', screen: 'terminal', icon: SquareTerminal, key: 't' },
  { path: '/settings', screen: 'settings', icon: Settings, key: ',' },
];
