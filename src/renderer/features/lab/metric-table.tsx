import { useTranslation } from 'react-i18next';
import type { FigureView } from '#shared/contract/lab-views.ts';
import { figureText, LAB_METRICS } from '#shared/format/lab.ts';
import { said } from '../../app/said.ts';
import { Cell, type Column, Table } from '../../components/table.tsx';
import { FigureCell } from './lab-lists.tsx';

type Props = { readonly label: string; readonly metrics: Readonly<Record<string, FigureView>> };

/** Every figure with what it rests on; one without enough data says so in words. */
export function MetricTable({ label, metrics }: Props) {
  const { t } = useTranslation();
  const columns: readonly Column[] = [
    { label: t('lab.figure') },
    { label: t('lab.value'), align: 'right' },
    { label: t('lab.interval95'), align: 'right' },
    { label: t('lab.n'), align: 'right' },
  ];
  const rows = LAB_METRICS.filter(({ name }) => metrics[name] !== undefined);
  return (
    <Table label={label} columns={columns}>
      {rows.map(({ name, label: title }) => {
        const { value, known, interval, n } = figureText(name, metrics[name]);
        return (
          <tr key={name}>
            <Cell>{said(title)}</Cell>
            {known ? (
              <>
                <Cell align="right">
                  <FigureCell name={name} figure={metrics[name]} />
                </Cell>
                <Cell align="right" className="figure-mono text-muted">
                  {interval}
                </Cell>
                <Cell align="right" className="figure-mono text-faint">
                  {n}
                </Cell>
              </>
            ) : (
              <td colSpan={3} className="h-7 border-t border-hair px-2 pr-3 text-right text-muted">
                {said(value)}
              </td>
            )}
          </tr>
        );
      })}
    </Table>
  );
}
