import type { FigureView, LabStudyView } from '#shared/contract/lab-views.ts';

/** A field by RFC 4180. A text that a spreadsheet would run as a formula is marked as text. */
export function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

const known = (figure: FigureView): number | null => ('value' in figure ? figure.value : null);

/** One row for each shown configuration, one column for each parameter. */
export function studyCsv({ trials }: LabStudyView): string {
  const names = [...new Set(trials.flatMap(({ params }) => Object.keys(params)))];
  const head = [
    'place',
    'status',
    'score',
    'total_return',
    'sharpe',
    'max_drawdown',
    'trades',
    'final_equity',
    ...names,
    'run_hash',
    'cause',
  ];
  const rows = trials.map((trial) => [
    trial.place,
    trial.status,
    trial.score,
    known(trial.totalReturn),
    known(trial.sharpe),
    known(trial.maxDrawdown),
    trial.trades,
    trial.finalEquity,
    ...names.map((name) => trial.params[name] ?? null),
    trial.runHash,
    trial.cause?.message ?? null,
  ]);
  return `${[head, ...rows].map((row) => row.map(field).join(',')).join('\n')}\n`;
}
