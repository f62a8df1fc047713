import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AccountView } from '#shared/contract/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useStores, useTrading } from '../../stores/stores-context.tsx';

type Props = { readonly account: Pick<AccountView, 'name' | 'shortfalls'> };

/** What the exchange says beside what we say, of every asset in which they differ, and the ways to bring them together. */
export function Unreconciled({ account }: Props) {
  const { t } = useTranslation();
  const { trading } = useStores();
  const [open, setOpen] = useState(false);
  const { name, shortfalls } = account;
  if (shortfalls.length === 0) return null;
  const said = shortfalls.map((one) => (
    <span key={one.asset} className="figure block">
      {t('trading.unreconciled.says', one)}
    </span>
  ));
  return (
    <div data-unreconciled={name} className="p-3">
      <Notice
        tone="warn"
        icon={TriangleAlert}
        title={t('trading.unreconciled.title', { name })}
        action={
          <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
            {t('trading.unreconciled.resolve')}
          </Button>
        }
      >
        {said}
        <span className="block">{t('trading.unreconciled.blocks')}</span>
      </Notice>
      <Sheet open={open} onClose={() => setOpen(false)} title={t('trading.unreconciled.title', { name })}>
        <div className="flex flex-col gap-3 text-13">
          <div className="figure font-bold">{said}</div>
          <p className="text-muted">{t('trading.unreconciled.why')}</p>
          <ol className="flex list-decimal flex-col gap-1.5 pl-5">
            <li>{t('trading.unreconciled.bringBack')}</li>
            <li>{t('trading.unreconciled.reduce')}</li>
          </ol>
          <Button className="self-start" onClick={() => void trading.accounts.refresh()}>
            {t('trading.unreconciled.again')}
          </Button>
        </div>
      </Sheet>
    </div>
  );
}

/** The same of the account that orders by hand go to. */
export function UnreconciledHere() {
  const { trading } = useStores();
  const chosen = useTrading((state) => state.account);
  const found = useStore(trading.accounts, ({ data }) => data?.find(({ name }) => name === chosen));
  return found === undefined ? null : <Unreconciled account={found} />;
}
