import type { PlanLine } from '#shared/format/plan.ts';
import { createI18n } from '#shared/i18n/create-i18n.ts';

/** The terminal speaks English; its sentences of a plan are those of the window. */
const english = createI18n('en');

export const planText = ({ key, values }: PlanLine): string => english.t(key, values);
