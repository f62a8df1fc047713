import type { ExchangeClocks } from '../open-exchange.ts';

/** One line of the table: what was tried and what came of it. */
export type CheckStep = {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly detail: string;
  readonly ms: number;
};

export class StepFailure extends Error {}
export class StepSkipped extends Error {}

export const fail = (why: string): never => {
  throw new StepFailure(why);
};
export const skip = (why: string): never => {
  throw new StepSkipped(why);
};

export type StepRunner = {
  readonly steps: readonly CheckStep[];
  /** Runs one step and notes it; answers what it made, or undefined when it did not pass. */
  readonly step: <T>(name: string, work: () => Promise<readonly [detail: string, made: T]>) => Promise<T | undefined>;
};

/** Notes each step as it ends. A step that throws anything has failed; the suite goes on with what it has. */
export function createStepRunner({ steady }: ExchangeClocks, onStep: (step: CheckStep) => void): StepRunner {
  const steps: CheckStep[] = [];
  const note = (step: CheckStep): void => {
    steps.push(step);
    onStep(step);
  };
  return {
    steps,
    async step(name, work) {
      const startedAt = steady.now();
      const ms = (): number => steady.now() - startedAt;
      try {
        const [detail, made] = await work();
        note({ name, outcome: 'passed', detail, ms: ms() });
        return made;
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        note({ name, outcome: error instanceof StepSkipped ? 'skipped' : 'failed', detail, ms: ms() });
        return undefined;
      }
    },
  };
}
