import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LONGEST_WAIT_MS } from './test/support/longest-wait.ts';

// No test may fail on a clock: the limits only end what hangs, and leave room for a machine that is busy with other things.
const node = (name: string, include: readonly string[], extra: Record<string, unknown> = {}) => ({
  test: {
    name,
    include: [...include],
    environment: 'node',
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: LONGEST_WAIT_MS } },
    ...extra,
  },
});

// One project per kind of test, so that each can run alone: `npx vitest run --project unit`.
export default defineConfig({
  test: {
    // Many tests wait for processes of their own; with the runner's own choice, one fewer than there are cores, a machine of two would idle meanwhile.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      node('unit', ['test/unit/**/*.test.ts']),
      node('property', ['test/property/**/*.test.ts']),
      node('contract', ['test/contract/**/*.test.ts']),
      node('scenario', ['test/scenario/**/*.test.ts']),
      node('terminal', ['test/terminal/**/*.test.{ts,tsx}']),
      node('architecture', ['test/architecture/**/*.test.ts']),
      node('renderer', ['test/renderer/**/*.test.ts'], { fileParallelism: false }),
      node('e2e', ['test/e2e/**/*.test.ts'], { fileParallelism: false }),
    ],
  },
});
