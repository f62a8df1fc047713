import { useTranslation } from 'react-i18next';
import type { FactsView } from '#shared/contract/receipts.ts';
import { factText } from '#shared/format/facts.ts';
import { environmentTag, sentence } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { Disclosure } from '../../components/disclosure.tsx';
import { Cell, Table } from '../../components/table.tsx';

/** Every fact of the run, those marked that the judgement names. */
export function FactList({ facts, open }: { readonly facts: FactsView; readonly open: boolean }) {
  const { t } = useTranslation();
  return (
    <Disclosure open={open} summary={t('evidence.all', { count: facts.facts.length })}>
      <div className="max-h-80 overflow-y-auto" tabIndex={-1}>
        <Table
          label={t('evidence.what')}
          columns={[{ label: t('evidence.fact') }, { label: '' }, { label: t('evidence.value'), align: 'right' }]}
        >
          {facts.facts.map((fact) => (
            <tr key={fact.id} data-env={environmentTag(facts.environment)}>
              <Cell className="figure-mono text-11 text-faint">
                {fact.cited && (
                  <span className="text-accent" title={t('evidence.cited')}>
                    ★<span className="sr-only"> {t('evidence.cited')}</span>{' '}
                  </span>
                )}
                {fact.id}
              </Cell>
              <Cell className="whitespace-normal text-muted">{sentence(said(fact.label))}</Cell>
              <Cell align="right">
                <span className="figure-mono" data-num="">
                  {factText(fact)}
                </span>
              </Cell>
            </tr>
          ))}
        </Table>
      </div>
    </Disclosure>
  );
}
