import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandId, commands } from '#shared/commands/registry.ts';
import { cycleView } from '#shared/contract/cycle.ts';
import { memoryLesson, memorySummary } from '#shared/contract/memory.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-memory-cli');
const home = join(folder.path, 'home');

/** The answer of a command, which fits its schema; or its error. */
async function mt(id: CommandId, more: readonly string[] = []) {
  const command = commands.find((candidate) => candidate.id === id) ?? expect.fail(id);
  const { code, stdout } = await runMt([...command.words, ...more, '--json'], { home });
  const answer = oneJsonLine(stdout);
  if (code === 0) command.output.parse(answer);
  return { code, answer };
}

beforeAll(() => installedTerminal());
afterAll(() => folder.remove());

describe('mt memory', () => {
  it('says that nothing was learned, then what, and strikes it out once', async () => {
    expect(memorySummary.parse((await mt('memory.summary')).answer)).toMatchObject({ lessons: 0, cells: [] });
    expect((await runMt(['memory', 'summary', '--plain'], { home })).stdout).toContain('Nothing has been learned yet.');
    const { lesson } = cycleView.parse((await runMtSpawn()).answer);
    const id = lesson?.id ?? expect.fail('no lesson');
    const { lessons } = (await mt('memory.ls')).answer as { lessons: unknown[] };
    expect(memoryLesson.parse(lessons[0])).toMatchObject({ id, status: 'active', text: lesson?.text });
    expect((await mt('memory.show', [id])).answer).toMatchObject({ cycle: 1, decisions: [] });
    expect((await mt('memory.revoke', [id, '--reason', 'a test'])).answer).toEqual({
      id,
      reason: 'a test',
      decisions: [],
    });
    expect(await mt('memory.revoke', [id, '--reason', 'again'])).toMatchObject({
      answer: { error: { code: 'refused', message: `lesson ${id} is revoked already: a test` } },
    });
    expect((await mt('memory.show', ['L-nothing'])).answer).toMatchObject({ error: { code: 'not_found' } });
    expect((await mt('memory.posteriors')).code).toBe(0);
    expect((await runMt(['memory', 'ls', '--plain'], { home })).stdout).toMatch(/not enough data\s+revoked\s+a test/);
  });
});

const runMtSpawn = () => mt('spawn', ['--seed', '7']);
