import { ChartCredit } from './chart-credit.tsx';

/** Below a chart: the same in a sentence, for whoever does not see it, and the notice of its library. */
export function ChartFoot({ summary, testId }: { readonly summary: string; readonly testId?: string }) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 border-t border-hair px-3 py-2">
      <p data-testid={testId} className="figure min-w-0 flex-1 basis-80 text-12 text-muted">
        {summary}
      </p>
      <ChartCredit />
    </div>
  );
}
