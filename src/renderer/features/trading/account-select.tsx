import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { SIMULATED_ACCOUNT } from '#shared/contract/orders.ts';
import { environmentName } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { Select } from '../../components/select.tsx';
import { useStores, useTrading } from '../../stores/stores-context.tsx';

/** Where orders by hand go: the simulated account, or one at a venue with the state it is in. */
export function AccountSelect() {
  const { t } = useTranslation();
  const { trading } = useStores();
  const account = useTrading((state) => state.account);
  const accounts = useStore(trading.accounts, (state) => state.data) ?? [];
  return (
    <Select
      label={t('trading.account')}
      value={account}
      options={[
        { value: SIMULATED_ACCOUNT, label: t('portfolio.simulated'), note: environmentName('simulated') },
        ...accounts.map(({ name, environment, state }) => ({
          value: name,
          label: name,
          note: `${environmentName(environment)} · ${said(state)}`,
        })),
      ]}
      onChange={(name) => trading.choose(name)}
    />
  );
}
