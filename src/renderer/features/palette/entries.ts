import type { TFunction } from 'i18next';
import { Bell, Bot, ChartCandlestick, ChevronRight, Keyboard, Lock, type LucideIcon, SunMoon } from 'lucide-react';
import { type Command, commandName } from '#shared/commands/command.ts';
import { commands } from '#shared/commands/registry.ts';
import type { AgentView } from '#shared/contract/agents.ts';
import { shownState } from '#shared/format/names.ts';
import { type Names, namesIn } from '#shared/i18n/names-in.ts';
import { keysText } from '#shared/shortcuts/keys.ts';
import type { ShortcutId } from '#shared/shortcuts/table.ts';
import { ROUTES } from '../../app/routes.ts';
import type { InstrumentView } from '../../stores/market-store.ts';
import type { TypedLine } from '../../stores/terminal-line.ts';
import { SECTIONS } from '../settings/sections.ts';
import { lineOf } from './command-line.ts';

/** What choosing an entry does. */
export type PaletteActions = {
  readonly go: (path: string) => void;
  readonly showInstrument: (symbol: string) => void;
  readonly type: (line: TypedLine) => void;
  readonly theme: () => void;
  readonly shortcuts: () => void;
  readonly alerts: () => void;
  /** Absent where no passphrase protects the data: nothing could be locked. */
  readonly lock: (() => void) | null;
};

export type EntryKind = 'screen' | 'settings' | 'agent' | 'instrument' | 'action' | 'command';

export type Entry = {
  readonly id: string;
  readonly kind: EntryKind;
  readonly label: string;
  readonly note: string;
  /** Other words it is found by. */
  readonly also: string;
  readonly icon: LucideIcon;
  readonly command?: Command;
  readonly choose: (actions: PaletteActions) => void;
};

const commandEntry = (command: Command): Entry => ({
  id: `command-${command.id}`,
  kind: 'command',
  label: commandName(command),
  note: command.summary,
  also: (command.aliases ?? []).map((words) => words.join(' ')).join(' '),
  icon: ChevronRight,
  command,
  choose: ({ type }) => type(lineOf(command)),
});

/** Every command of the registry, in its order and its own words; made once. */
export const COMMAND_ENTRIES: readonly Entry[] = commands.map(commandEntry);

const screenEntries = (t: TFunction, keysOf: KeysOf): readonly Entry[] =>
  ROUTES.map(({ path, screen, icon }) => ({
    id: `screen-${screen}`,
    kind: 'screen',
    label: t(`shell.screens.${screen}`),
    note: keysText(keysOf(`go.${screen}`)),
    also: '',
    icon,
    choose: ({ go }) => go(path),
  }));

const settingsEntries = (t: TFunction): readonly Entry[] =>
  SECTIONS.map(({ id, title, icon, settings }) => ({
    id: `settings-${id}`,
    kind: 'settings',
    label: title(t),
    note: settings.map(({ label }) => label(t)).join(', '),
    also: t('shell.screens.settings'),
    icon,
    choose: ({ go }) => go(`/settings/${id}`),
  }));

type KeysOf = (id: ShortcutId) => string;
type ActionWords = { readonly theme: string; readonly lockable: boolean; readonly keysOf: KeysOf };

const actionEntries = (t: TFunction, { theme, lockable, keysOf }: ActionWords): readonly Entry[] => {
  const action = (id: string, icon: LucideIcon, label: string, note: string, choose: Entry['choose']): Entry => ({
    id: `action-${id}`,
    kind: 'action',
    label,
    note,
    also: '',
    icon,
    choose,
  });
  return [
    action('theme', SunMoon, theme, '', (actions) => actions.theme()),
    action('shortcuts', Keyboard, t('bar.shortcuts'), keysText(keysOf('help')), (actions) => actions.shortcuts()),
    action('alerts', Bell, t('alerts.title'), keysText(keysOf('alerts')), (actions) => actions.alerts()),
    ...(lockable ? [action('lock', Lock, t('vault.lock'), t('vault.lockMeans'), ({ lock }) => lock?.())] : []),
  ];
};

const agentEntries = (agents: readonly AgentView[], named: Names): readonly Entry[] =>
  agents.map(({ agentId, family, instrument, ...agent }) => ({
    id: `agent-${agentId}`,
    kind: 'agent',
    label: agentId,
    note: `${named('families', family)}, ${instrument}, ${named('agentStates', shownState(agent))}`,
    also: '',
    icon: Bot,
    choose: ({ go }) => go(`/agents/${agentId}`),
  }));

const instrumentEntries = (instruments: readonly InstrumentView[]): readonly Entry[] =>
  instruments.map(({ symbol, venue }) => ({
    id: `instrument-${symbol}-${venue}`,
    kind: 'instrument',
    label: symbol,
    note: venue,
    also: symbol.replace('/', ''),
    icon: ChartCandlestick,
    choose: ({ showInstrument }) => showInstrument(symbol),
  }));

type Known = ActionWords & {
  readonly agents: readonly AgentView[];
  readonly instruments: readonly InstrumentView[];
};

export type Entries = {
  /** What is listed before anything is typed. */
  readonly first: readonly Entry[];
  readonly all: readonly Entry[];
};

/** Everything the palette finds, from what the window knows already. */
export function entriesOf(t: TFunction, known: Known): Entries {
  const first = [...screenEntries(t, known.keysOf), ...actionEntries(t, known)];
  return {
    first,
    all: [
      ...first,
      ...settingsEntries(t),
      ...agentEntries(known.agents, namesIn(t)),
      ...instrumentEntries(known.instruments),
      ...COMMAND_ENTRIES,
    ],
  };
}
