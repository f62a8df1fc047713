import { describe, expect, it } from 'vitest';
import { ACTIONS, changeOf, MODE_TABLE, mayAct } from '#core/automation/mode-table.ts';
import { ASKERS, CHOSEN_MODES, MODES } from '#core/automation/types.ts';

/** The table of the design, written down a second time by hand: full, semi, manual, emergency. */
const CELLS = `
  analyse           auto     auto     by-hand  by-hand
  spawn             auto     approve  by-hand  blocked
  spawn-live        auto     approve  by-hand  blocked
  enter             auto     auto     by-hand  blocked
  enter-live        auto     auto     by-hand  blocked
  enter-live-above  auto     approve  by-hand  blocked
  enter-asked       auto     approve  by-hand  blocked
  enter-chosen      auto     auto     auto     blocked
  enter-chosen-asked auto    approve  approve  blocked
  protect           auto     auto     auto     auto
  reduce            auto     auto     by-hand  auto
  raise-limit       step-up  step-up  step-up  blocked
  deposit-request   auto     approve  by-hand  blocked
  kill              auto     auto     auto     auto
  leave-emergency   step-up  step-up  step-up  blocked
`;
const rows = CELLS.trim()
  .split('\n')
  .map((row) => row.trim().split(/\s+/));

describe('what asks the master, by mode', () => {
  it('is the table of the design, cell by cell', () => {
    expect(rows.map(([action]) => action)).toEqual([...ACTIONS]);
    for (const [action = '', ...cells] of rows)
      expect(Object.entries(MODE_TABLE).find(([name]) => name === action)?.[1], action).toEqual(
        Object.fromEntries(MODES.map((mode, column) => [mode, cells[column]])),
      );
  });

  it('lets an agent do what is automatic, the master all that is not blocked, and a program what an agent may', () => {
    const leave = {
      auto: ['go', 'go', 'go'],
      approve: ['approval', 'go', 'approval'],
      'by-hand': ['no', 'go', 'no'],
      'step-up': ['no', 'proof', 'no'],
      blocked: ['no', 'no', 'no'],
    };
    for (const action of ACTIONS)
      for (const mode of MODES)
        expect(
          ASKERS.map((asker) => mayAct(action, mode, asker)),
          `${action} in ${mode}`,
        ).toEqual(leave[MODE_TABLE[action][mode]]);
  });

  it('refuses what it does not know', () => {
    expect(mayAct('enter', 'wild' as never, 'master')).toBe('no');
    expect(mayAct('toString' as never, 'full', 'master')).toBe('no');
  });

  it('raises upwards alone', () => {
    const raises = CHOSEN_MODES.flatMap((from) =>
      CHOSEN_MODES.filter((to) => changeOf(from, to) === 'raise').map((to) => `${from}-${to}`),
    );
    expect(raises).toEqual(['semi-full', 'manual-full', 'manual-semi']);
    for (const mode of CHOSEN_MODES) expect(changeOf(mode, mode)).toBe('same');
  });
});
