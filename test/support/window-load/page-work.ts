import type { RunningApp } from '../../e2e/support/app.ts';

/**
 * Reads the processor time that the page's own thread has worked since it began, in milliseconds. Beside the clock, because on a busy machine the
 * clock tells what the others did.
 */
export async function watchWork({ app, page }: RunningApp): Promise<() => Promise<number>> {
  const session = await app.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
}
