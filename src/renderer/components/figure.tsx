import { useTranslation } from 'react-i18next';
import type { FigureView } from '#shared/contract/figure-view.ts';
import { figureText } from '#shared/format/lab.ts';
import { said } from '../app/said.ts';

type Props = {
  /** How the figure is written: a name of the Lab's list of figures. */
  readonly as: string;
  readonly figure: FigureView;
  /** Leaves the counts out of "not enough data", where they stand beside it. */
  readonly short?: boolean;
};

/** The words for a figure that has no value, or null when it has one. */
export function useLack(): (figure: FigureView, short?: boolean) => string | null {
  const { t } = useTranslation();
  return (figure, short = false) => {
    if ('undefinable' in figure) return t('performance.notDefined', { reason: said(figure.undefinable) });
    if (!('notEnough' in figure)) return null;
    return short
      ? t('performance.notEnoughShort')
      : t('performance.notEnough', { ...figure.notEnough, of: said(figure.notEnough.of) });
  };
}

/** A statistic, or in words why there is none. */
export function Figure({ as, figure, short = false }: Props) {
  const lack = useLack()(figure, short);
  if (lack !== null) return <span className="text-muted">{lack}</span>;
  return (
    <span data-num="" className="figure-mono">
      {figureText(as, figure).value}
    </span>
  );
}

/** `42% .. 76%`; nothing where there is no interval. */
export const Interval = ({ as, figure }: Omit<Props, 'short'>) => (
  <span data-num="" className="figure-mono text-muted">
    {figureText(as, figure).interval}
  </span>
);
