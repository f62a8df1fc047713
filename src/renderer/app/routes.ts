import { Bot, ChartCandlestick, FlaskConical, type LucideIcon, ScrollText, Terminal, WalletCards } from 'lucide-react';

export type Route = {
  readonly path: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Pressed after `g`. */
  readonly key: string;
};

/** The screens that exist, in the order of the rail. */
export const ROUTES: readonly Route[] = [
  { path: '/', label: 'Command', icon: Terminal, key: 'c' },
  { path: '/market', label: 'Market', icon: ChartCandlestick, key: 'm' },
  { path: '/agents', label: 'Agents', icon: Bot, key: 'a' },
  { path: '/portfolio', label: 'Portfolio', icon: WalletCards, key: 'o' },
  { path: '/lab', label: 'Lab', icon: FlaskConical, key: 'l' },
  { path: '/audit', label: 'Audit', icon: ScrollText, key: 'u' },
];
