import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FactView } from '#shared/contract/cycle.ts';
import { factText } from '#shared/format/facts.ts';
import { sentence } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { EvidenceSheet } from './evidence-sheet.tsx';

type Props = { readonly facts: readonly FactView[]; readonly cycle: number };

/** The facts a judgement rests on, with their values; each opens what it was computed from and what a model was asked about it. */
export function EvidenceTable({ facts, cycle }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  if (facts.length === 0) return <p className="text-12 text-muted">{t('evidence.none')}</p>;
  return (
    <>
      <table className="w-full text-12" aria-label={t('evidence.title')}>
        <tbody>
          {facts.map((fact) => (
            <tr key={fact.id} className="border-t border-hair first:border-t-0">
              <th scope="row" className="w-12 text-left font-normal">
                <button
                  type="button"
                  data-fact={fact.id}
                  aria-label={t('evidence.open', { id: fact.id })}
                  aria-haspopup="dialog"
                  onClick={() => setShown(fact.id)}
                  className="fade figure-mono inline-flex h-6 min-w-10 items-center rounded-control px-1 text-11 text-accent underline-offset-2 hover:bg-bg2 hover:underline"
                >
                  {fact.id}
                </button>
              </th>
              <td className="py-1 pr-3 text-muted">{sentence(said(fact.label))}</td>
              <td className="figure-mono py-1 text-right whitespace-nowrap" data-num="">
                {factText(fact)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <EvidenceSheet cycle={cycle} open={shown !== null} fact={shown} onClose={() => setShown(null)} />
    </>
  );
}
