import { useEffect } from 'react';
import { useStores } from '../../stores/stores-context.tsx';
import { AccountsPart } from './accounts-part.tsx';
import { KeysPart } from './keys-part.tsx';
import { VenuesPart } from './venues-part.tsx';

/** Keys, the accounts that trade with them, and the venues. */
export function ExchangesSection() {
  const { exchanges } = useStores();
  useEffect(() => {
    void exchanges.refresh();
  }, [exchanges]);
  return (
    <>
      <KeysPart />
      <AccountsPart />
      <VenuesPart />
    </>
  );
}
