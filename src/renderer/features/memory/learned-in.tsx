import { useTranslation } from 'react-i18next';
import { environmentTag } from '#shared/format/names.ts';
import { EnvTag } from '../../components/env.tsx';

type Where = string | null;
const UNKNOWN = 'unknown';

/** What `data-env` of a row says, the same word as its mark. */
export const learnedTag = (environment: Where): string => environmentTag(environment ?? UNKNOWN);

/** Where a lesson was learned, in word and shape. What no record places says so instead of borrowing the environment of today. */
export function LearnedIn({ environment }: { readonly environment: Where }) {
  const { t } = useTranslation();
  if (environment !== null) return <EnvTag environment={environment} />;
  return <EnvTag environment={UNKNOWN} title={t('learned.memory.unplaced')} />;
}
