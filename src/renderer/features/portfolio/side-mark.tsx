import { useTranslation } from 'react-i18next';

/** Bought or sold, in shape, word and colour. */
export function SideMark({ side }: { readonly side: 'buy' | 'sell' }) {
  const { t } = useTranslation();
  return (
    <span className={side === 'buy' ? 'text-up' : 'text-down'}>
      <span aria-hidden>{side === 'buy' ? '▲' : '▼'}</span> {t(`portfolio.sides.${side}`)}
    </span>
  );
}
