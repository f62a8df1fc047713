import childProcess, { fork } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, describe, expect, it } from 'vitest';
import { answerTrials } from '#adapters/inference-llama/no-trial-process.ts';

const LIBRARY = '../../../node_modules/node-llama-cpp/dist/bindings/utils/testBindingBinary.js';
const real = fork;

describe('the trial of the library’s binary', () => {
  afterEach(() => {
    childProcess.fork = real;
    syncBuiltinESMExports();
  });

  it('is answered with yes, in the library’s own words and without a process', async () => {
    const { testBindingBinary } = (await import(LIBRARY)) as {
      testBindingBinary: (binary: string, more: undefined, gpu: false) => Promise<boolean>;
    };
    // No such binary: the library’s own trial sees it.
    expect(await testBindingBinary('/nonexistent/llama-addon.node', undefined, false)).toBe(false);
    answerTrials();
    expect(await testBindingBinary('/nonexistent/llama-addon.node', undefined, false)).toBe(true);
  });
});
