import type { PromptParts } from '#core/ports/prompt-parts.ts';
import type { AgentPrompt, AgentView } from '#shared/contract/agents.ts';
import type { BriefPrompt } from '#shared/contract/brief-prompt.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { lineDiff } from '#shared/format/line-diff.ts';

type Found = { readonly agent: AgentView; readonly view: CycleView; readonly parents: readonly string[] };
type Lines = AgentPrompt['template'];

/** A line may hold a model's or a feed's words; the screens show no more of it than this. */
const LONGEST_LINE = 1_000;
/** Earlier agents among which a parent is looked for. */
const LOOKED_AT = 200;

const diff = (before: string, after: string): Lines =>
  lineDiff(before, after).map(({ kind, text }) => ({ kind, text: text.slice(0, LONGEST_LINE) }));

/** What an agent was told, beside the templates of now and beside what an earlier agent was told. */
export function promptOf(
  { agent, view, parents }: Found,
  newestFirst: (from: number) => Iterable<Found>,
  promptParts: PromptParts,
): AgentPrompt {
  const spec = view.agentSpec;
  if (spec === null) throw new TypeError('an agent without a spec');
  return {
    agent,
    parts: partsOf(spec, promptParts),
    instructions: spec.instructions,
    template: diff(templateOf(spec, promptParts), spec.instructions),
    previous: previousOf({ agent, view, parents }, newestFirst),
  };
}

type Told = {
  readonly instructions: string;
  readonly promptParts: readonly { readonly id: string; readonly version: number; readonly hash: string }[];
};

/** The parts of its instructions as they are in `texts`, with the places for values still empty. */
const templateOf = ({ promptParts }: Told, texts: PromptParts): string =>
  `${promptParts.flatMap(({ id }) => texts.get(id)?.text.trim() ?? []).join('\n\n')}\n`;
const partsOf = ({ promptParts }: Told, now: PromptParts): AgentPrompt['parts'] =>
  promptParts.map((part) => ({ ...part, current: now.get(part.id)?.hash === part.hash }));

/** What an agent would be told if its brief were approved, beside what ships and beside what the master made of it. */
export function briefPromptOf(
  spec: Told,
  { parts, shipped }: { readonly parts: PromptParts; readonly shipped: PromptParts },
): BriefPrompt {
  const edited = spec.promptParts.some(({ id }) => parts.get(id)?.hash !== shipped.get(id)?.hash);
  return {
    parts: partsOf(spec, parts),
    instructions: spec.instructions,
    template: diff(templateOf(spec, shipped), spec.instructions),
    edited: edited ? diff(templateOf(spec, parts), spec.instructions) : null,
  };
}

function previousOf(
  { agent, view, parents: named }: Found,
  newestFirst: (from: number) => Iterable<Found>,
): AgentPrompt['previous'] {
  const parents = new Set(named);
  let sameInstrument: Found | undefined;
  let before: Found | undefined;
  let looked = 0;
  const answer = (
    found: Found,
    relation: 'parent' | 'same instrument' | 'the one before',
  ): AgentPrompt['previous'] => ({
    agentId: found.agent.agentId,
    cycle: found.agent.cycle,
    relation,
    lines: diff(found.view.agentSpec?.instructions ?? '', view.agentSpec?.instructions ?? ''),
  });
  for (const found of newestFirst(agent.cycle - 1)) {
    if (parents.has(found.agent.specHash)) return answer(found, 'parent');
    before ??= found;
    if (found.agent.instrument === agent.instrument) sameInstrument ??= found;
    looked += 1;
    if (looked === LOOKED_AT || (parents.size === 0 && sameInstrument !== undefined)) break;
  }
  if (sameInstrument !== undefined) return answer(sameInstrument, 'same instrument');
  return before === undefined ? null : answer(before, 'the one before');
}
