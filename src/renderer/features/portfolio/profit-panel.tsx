import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ProfitView } from '#shared/contract/profit.ts';
import { compare } from '#shared/format/decimal-text.ts';
import { decimalText, shortPercentText } from '#shared/format/figures.ts';
import { Button } from '../../components/button.tsx';
import { SignedMoney } from '../../components/figures.tsx';
import { Panel } from '../../components/panel.tsx';
import { LoadedView } from '../../components/states.tsx';
import { Tile } from '../../components/tile.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { LockRuleSheet } from './lock-rule-sheet.tsx';
import { ReleaseSheet } from './release-sheet.tsx';

function Pool({ profit, env }: { readonly profit: ProfitView; readonly env: string }) {
  const { t } = useTranslation();
  const { share, threshold, asset } = profit;
  return (
    <>
      <div className="grid grid-cols-2 divide-hair md:grid-cols-4 md:divide-x">
        <Tile
          label={t('portfolio.locked')}
          env={env}
          note={t('portfolio.lockedNote', { amount: decimalText(profit.equity, 2) })}
        >
          {decimalText(profit.locked, 2)}
        </Tile>
        <Tile label={t('portfolio.atWork')} env={env} note={t('portfolio.atWorkNote')}>
          {decimalText(profit.atWork, 2)}
        </Tile>
        <Tile label={t('portfolio.earned')} env={env} note={t('portfolio.earnedNote')}>
          <SignedMoney text={profit.realised} />
        </Tile>
        <Tile label={t('portfolio.mark')} env={env} note={t('portfolio.markNote')}>
          {decimalText(profit.highWater, 2)}
        </Tile>
      </div>
      <p className="border-t border-hair px-3 py-2 text-12 text-muted">
        {compare(share, '0') > 0
          ? t('portfolio.rule', { share: shortPercentText(share), threshold: decimalText(threshold), asset })
          : t('portfolio.noRule')}
      </p>
    </>
  );
}

/** Profit taking and reinvestment: what is locked, by what rule, and both ways to change it. */
export function ProfitPanel({ env }: { readonly env: string }) {
  const { t } = useTranslation();
  const { treasury } = useStores();
  const loaded = useStore(treasury.profit);
  const [open, setOpen] = useState<'rule' | 'release' | null>(null);
  useEffect(() => void treasury.profit.refresh(), [treasury]);
  const { data } = loaded;
  return (
    <Panel
      title={t('portfolio.profit')}
      note={t('portfolio.profitNote')}
      env={env}
      flush
      actions={
        <>
          <Button disabled={data === null} onClick={() => setOpen('rule')}>
            {t('portfolio.changeRule')}
          </Button>
          <Button disabled={data === null || compare(data.locked, '0') <= 0} onClick={() => setOpen('release')}>
            {t('portfolio.release')}
          </Button>
        </>
      }
    >
      <LoadedView
        loaded={loaded}
        what={t('portfolio.theProfit')}
        retry={() => void treasury.profit.refresh()}
        cancel={() => treasury.profit.giveUp()}
      >
        {(profit) => <Pool profit={profit} env={env} />}
      </LoadedView>
      {open === 'rule' && data !== null && <LockRuleSheet profit={data} onClose={() => setOpen(null)} />}
      {open === 'release' && data !== null && <ReleaseSheet profit={data} onClose={() => setOpen(null)} />}
    </Panel>
  );
}
