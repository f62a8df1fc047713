import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Split } from '../../components/split.tsx';
import { PARTS, type PartName, useKeepSize, useLayoutLocked, usePartSize } from './market-layout.ts';

type Props = {
  /** The part that comes second. */
  readonly part: PartName;
  readonly first: ReactNode;
  readonly second: ReactNode;
  readonly joined?: boolean;
  readonly className?: string;
};

/** Two parts of the screen with a bar whose place is a preference. The parts are given as they are, so that another size draws neither of them anew. */
export function MarketSplit({ part, ...parts }: Props) {
  const { t } = useTranslation();
  const size = usePartSize(part);
  const locked = useLayoutLocked();
  const keep = useKeepSize(part);
  return (
    <Split {...PARTS[part]} {...parts} label={t(`market.layout.${part}`)} size={size} locked={locked} onSize={keep} />
  );
}
