import { defineConfig } from 'vitest/config';

const node = (name: string, include: readonly string[], extra: Record<string, unknown> = {}) => ({
  test: { name, include: [...include], environment: 'node', ...extra },
});

// One project per kind of test, so that each can run alone: `npx vitest run --project unit`.
export default defineConfig({
  test: {
    projects: [
      node('unit', ['test/unit/**/*.test.ts']),
      node('property', ['test/property/**/*.test.ts'], { testTimeout: 120_000 }),
      node('contract', ['test/contract/**/*.test.ts'], { testTimeout: 60_000 }),
      node('scenario', ['test/scenario/**/*.test.ts'], { testTimeout: 300_000, hookTimeout: 120_000 }),
      node('terminal', ['test/terminal/**/*.test.{ts,tsx}'], { testTimeout: 120_000 }),
      node('architecture', ['test/architecture/**/*.test.ts'], { testTimeout: 60_000 }),
      node('renderer', ['test/renderer/**/*.test.ts'], {
        testTimeout: 120_000,
        hookTimeout: 120_000,
        fileParallelism: false,
      }),
      node('e2e', ['test/e2e/**/*.test.ts'], { testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false }),
    ],
  },
});
