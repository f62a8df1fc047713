import { defineConfig } from 'vitest/config';

// No test may fail on a clock: the limits only end what hangs, and leave room for a machine that is busy with other things.
const node = (name: string, include: readonly string[], extra: Record<string, unknown> = {}) => ({
  test: { name, include: [...include], environment: 'node', testTimeout: 120_000, hookTimeout: 120_000, ...extra },
});

// One project per kind of test, so that each can run alone: `npx vitest run --project unit`.
export default defineConfig({
  test: {
    projects: [
      node('unit', ['test/unit/**/*.test.ts']),
      node('property', ['test/property/**/*.test.ts']),
      node('contract', ['test/contract/**/*.test.ts']),
      node('scenario', ['test/scenario/**/*.test.ts'], { testTimeout: 300_000 }),
      node('terminal', ['test/terminal/**/*.test.{ts,tsx}']),
      node('architecture', ['test/architecture/**/*.test.ts']),
      node('renderer', ['test/renderer/**/*.test.ts'], { fileParallelism: false }),
      node('e2e', ['test/e2e/**/*.test.ts'], { testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false }),
    ],
  },
});
