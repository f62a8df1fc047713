import { describe, expect, it } from 'vitest';
import type { CycleView } from '#shared/contract/cycle.ts';
import { createNarrator } from '../../src/terminal/commands/narrator.ts';
import { type Line, textOf } from '../../src/terminal/text/line.ts';
import { cycle } from '../fixtures/terminal/cycle.ts';

/** The cycle as it was while its agent worked, with so many of its fills. */
const working = (fills: number): CycleView => {
  const agent = cycle.stages.findIndex(({ name }) => name === 'agent');
  return {
    ...cycle,
    state: 'running',
    result: null,
    fills: cycle.fills.slice(0, fills),
    decisions: cycle.decisions.slice(0, 1),
    stages: cycle.stages.map((stage, at) =>
      at < agent ? stage : { ...stage, state: at === agent ? 'running' : 'waiting' },
    ),
  };
};

function narrated(views: readonly CycleView[]): readonly string[] {
  const told: string[] = [];
  const narrate = createNarrator({
    lines: (lines: readonly Line[]) => void told.push(...lines.map(textOf)),
  } as unknown as Parameters<typeof createNarrator>[0]);
  for (const view of views) narrate(view);
  return told;
}

describe('what is told of a cycle while it runs', () => {
  it('says what the agent does while it does it, each thing once, before its stage is over', () => {
    const told = narrated([working(0), working(1), working(1), cycle]);
    const at = (text: string): number => told.findIndex((one) => one.includes(text));
    expect(at('trades, for')).toBeGreaterThan(at('Agent spec'));
    expect(at('fill entry')).toBeGreaterThan(at('trades, for'));
    expect(at('✓ Agent  ')).toBeGreaterThan(at('fill entry'));
    for (const once of ['trades, for', 'fill entry', '✓ Agent  ', 'MASTER TRADER'])
      expect(
        told.filter((one) => one.includes(once)),
        once,
      ).toHaveLength(1);
  });

  it('leaves it to the report where all was over before anybody looked', () => {
    expect(narrated([cycle]).some((one) => one.includes('trades, for'))).toBe(false);
  });
});
