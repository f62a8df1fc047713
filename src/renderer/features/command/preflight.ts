import type { PreflightAnswer, PreflightRow } from '#shared/contract/cycle.ts';
import { words } from '../../app/language.ts';

/** Where the control that puts a row right is: on which screen, and its mark there. */
export const FIX: Readonly<Record<PreflightRow['name'], { readonly path: string; readonly mark: string }>> = {
  reconciled: { path: '/health', mark: 'health' },
  journal: { path: '/health', mark: 'health' },
  data: { path: '/health', mark: 'health' },
  instrument: { path: '/', mark: 'instrument' },
  account: { path: '/portfolio', mark: 'portfolio' },
  limits: { path: '/portfolio', mark: 'portfolio' },
  mode: { path: '/', mark: 'mode' },
  gate: { path: '/', mark: 'resume' },
  analyst: { path: '/health', mark: 'health' },
};

/** The rows as they are at this moment: between two answers of the engine the window lets the age of the newest candle grow by itself. */
export const rowsNow = ({ rows }: PreflightAnswer, staleMs: number | null): readonly PreflightRow[] =>
  rows.map((row) =>
    row.name === 'data' && row.state === 'ready' && staleMs !== null
      ? { ...row, state: 'blocked', detail: words.t('command.dataStale'), remedy: words.t('command.dataStaleRemedy') }
      : row,
  );

const TRIES = 60;
const FOCUSABLE = 'button, a[href], input, select, textarea, [tabindex="0"]';

/** Puts the focus on the control with this mark as soon as its screen is there, or on the first control of that screen. */
export function focusFix(mark: string, tries = TRIES): void {
  const marked = document.querySelector(`[data-fix="${mark}"]`);
  const control = marked?.matches(FOCUSABLE) === true ? marked : marked?.querySelector(FOCUSABLE);
  if (control instanceof HTMLElement) {
    control.focus();
    return;
  }
  if (tries > 0) requestAnimationFrame(() => focusFix(mark, tries - 1));
}
