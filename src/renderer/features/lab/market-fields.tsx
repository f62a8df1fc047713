import { useTranslation } from 'react-i18next';
import { Field } from './field.tsx';

/** As typed; no cash means the usual one. The fee is in basis points; candles and seed are those of a made market. */
export type MarketFigures = {
  readonly cash: string;
  readonly feeBps: string;
  readonly candles: string;
  readonly seed: string;
};

type Props = {
  readonly values: MarketFigures;
  /** Why a value cannot be used. */
  readonly wrong: Readonly<Partial<Record<keyof MarketFigures, string | undefined>>>;
  /** The market is made, and not played from recorded candles. */
  readonly made: boolean;
  readonly onChange: (change: Partial<MarketFigures>) => void;
};

/** The money that is played with, what a trade costs, and how much of a made market is played. */
export function MarketFields({ values, wrong, made, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Field
        label={t('lab.cash')}
        numeric
        value={values.cash}
        placeholder={t('lab.usual')}
        wrong={wrong.cash}
        onChange={(cash) => onChange({ cash })}
      />
      <Field
        label={t('lab.feeName')}
        unit={t('measuring.units.bps')}
        numeric
        value={values.feeBps}
        wrong={wrong.feeBps}
        onChange={(feeBps) => onChange({ feeBps })}
      />
      {made && (
        <>
          <Field
            label={t('lab.candles')}
            numeric
            value={values.candles}
            wrong={wrong.candles}
            onChange={(candles) => onChange({ candles })}
          />
          <Field
            label={t('lab.seed')}
            numeric
            value={values.seed}
            wrong={wrong.seed}
            onChange={(seed) => onChange({ seed })}
          />
        </>
      )}
    </>
  );
}
