import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { killStarted, startScript } from '../support/child.ts';
import { smallDisk } from '../support/small-disk.ts';
import { tempFolder } from '../support/temp-folder.ts';

let folder = tempFolder('mt-full');
beforeEach(() => {
  folder = tempFolder('mt-full');
});
afterEach(() => {
  killStarted();
  folder.remove();
});

async function onSmallDisk(script: string) {
  const before = smallDisk(script, folder.path, '8m');
  if (before === undefined) return undefined;
  const { stdout, stderr } = await startScript(script, [folder.path], { before }).finished;
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

describe('a disk that runs full while an agent holds a position', () => {
  it('keeps the kill switch from nothing but writing: latched by the file KILL, orders canceled, said honestly, finished when there is room', async () => {
    const seen = await onSmallDisk('kill-on-full-disk.ts');
    if (seen === undefined) return;
    expect(seen.refused).toContain('the disk is full');
    expect(seen.state).toBe('halted');
    expect(seen.flagged).toBe(true);
    expect(seen.pressed).toBe('halted');
    const step = (name: string) => seen.report.steps.find((one: { name: string }) => one.name === name);
    expect(step('Halt recorded')).toMatchObject({ done: true, detail: expect.stringContaining('the file KILL') });
    expect(step('Open orders canceled')).toMatchObject({ done: true });
    expect(step('Proof recorded')).toMatchObject({ done: false });
    // Nothing may be sold without a record, so the position stands until there is room; the report does not hide it.
    expect(step('Positions closed')).toMatchObject({
      done: false,
      detail: expect.stringContaining('the disk is full'),
    });
    expect(seen.after).toEqual({
      state: 'halted',
      reason: 'the file KILL lies in the run folder',
      positionValue: '0',
      undone: [],
      whole: true,
    });
  });

  it('breaks the cycle; the next press first closes what it held, shows that, and trades on with the same books', async () => {
    const seen = await onSmallDisk('fail-while-holding.ts');
    if (seen === undefined) return;
    expect(seen.failed).toMatchObject({ state: 'failed', error: expect.stringContaining('the disk is full') });
    expect(Number(seen.held)).toBeGreaterThan(0);
    expect(seen.settled).toEqual({ state: 'failed', fills: ['entry', 'flatten'] });
    expect(seen.end).toMatchObject({
      outcome: 'interrupted',
      reason: expect.stringContaining('the disk is full'),
      reconciliation: { difference: '0', positionValue: '0' },
    });
    expect(seen.next.state).toBe('completed');
    expect(seen.next.startingEquity).toBe(seen.end.reconciliation.equity);
    expect(seen.whole).toBe(true);
  });
});
