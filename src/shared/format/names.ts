import type { AgentView } from '../contract/agents.ts';
import { approvals } from '../i18n/en/approvals.ts';
import { names } from '../i18n/en/names.ts';

/** A code of the engine as it is, with spaces. */
export const readableName = (name: string): string => {
  const words = name.replace(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Names as a person reads them, in English. Unknown names are shown as they are, with spaces: a new engine may know more than this screen. */
const named =
  (table: Readonly<Record<string, string>>) =>
  (name: string): string =>
    Object.hasOwn(table, name) ? (table[name] ?? name) : readableName(name);

export const regimeName = named(names.regimes);
export const familyName = named(names.families);
export const stageName = named(names.stages);
export const purposeName = named(names.purposes);
export const outcomeName = named(names.outcomes);
const stateName = named(names.agentStates);

/** What an agent does just now, as one word: paused while it is at work and may open nothing. */
export const shownState = ({ state, paused }: Pick<AgentView, 'state' | 'paused'>): AgentView['state'] | 'paused' =>
  paused !== null && (state === 'trading' || state === 'waiting') ? 'paused' : state;
export const agentStateName = (agent: Pick<AgentView, 'state' | 'paused'>): string => stateName(shownState(agent));
export const orderStatusName = named(names.orderStatuses);
export const modeName = named(approvals.mode.name);
export const environmentName = (environment: string): string => environment.toUpperCase();

/** The short word on tiles and rows that carry money, and in `data-env`. */
export const environmentTag = (environment: string): string => (environment === 'simulated' ? 'sim' : environment);

/** `5f2c91ab…` for display; the whole hash is always copyable beside it. */
export const shortHash = (hash: string): string => (hash.length > 12 ? `${hash.slice(0, 8)}…${hash.slice(-4)}` : hash);

/** The engine gives reasons as clauses; on a screen they stand alone, so they begin as sentences do. */
export const sentence = (clause: string): string => clause.charAt(0).toUpperCase() + clause.slice(1);

/** `1 trade`, `2 trades`. */
export const countText = (count: number, one: string, many = `${one}s`): string =>
  `${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} ${count === 1 ? one : many}`;
