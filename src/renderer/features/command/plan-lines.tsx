import { Check, Minus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PlanLine } from '#shared/format/plan.ts';

type Props = { readonly title: string; readonly items: readonly PlanLine[]; readonly kind: 'do' | 'not' };

/** What an agent will do, or will not. */
export function PlanLines({ title, items, kind }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <h3 className="mb-1.5 text-11 font-bold text-muted">{title}</h3>
      <ul className="flex flex-col gap-1 text-12">
        {items.map(({ key, values }) => (
          <li key={key} className="flex gap-2">
            {kind === 'do' ? (
              <Check aria-hidden size={13} className="mt-0.5 shrink-0 text-ok" />
            ) : (
              <Minus aria-hidden size={13} className="mt-0.5 shrink-0 text-faint" />
            )}
            <span>{t(key, values)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
