import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Names, namesIn } from '#shared/i18n/names-in.ts';

export type { Names };

/** Names as a person reads them, in the language of the window. */
export function useNames(): Names {
  const { t } = useTranslation();
  return useMemo(() => namesIn(t), [t]);
}
