import { Menu } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngineStatus } from '#shared/contract/engine.ts';
import { directionOf, percentText, shortPercentText } from '#shared/format/figures.ts';
import { environmentTag } from '#shared/format/names.ts';
import { useMoneyText } from '../../app/money-display.ts';
import { EnvChip } from '../../components/env.tsx';
import { Money, Signed, SignedMoney } from '../../components/figures.tsx';
import { Ticking } from '../../components/ticking.tsx';
import { useEngine } from '../../stores/stores-context.tsx';
import { AlertBell } from '../alerts/alert-bell.tsx';
import { KillControl } from './kill-control.tsx';
import { LogoMark } from './logo-mark.tsx';
import { ModeSwitch } from './mode-switch.tsx';
import { RiskMeter } from './risk-meter.tsx';
import { ThemeToggle } from './theme-toggle.tsx';

type ItemProps = {
  readonly label: string;
  readonly env?: string;
  readonly className?: string;
  readonly children: ReactNode;
};

function Item({ label, env, className = '', children }: ItemProps) {
  return (
    <div
      {...(env === undefined ? {} : { 'data-env': environmentTag(env) })}
      className={`flex h-10 items-center gap-1.5 whitespace-nowrap ${className}`}
    >
      <span className="text-11 text-faint">{label}</span>
      <span className="figure text-13 font-medium">{children}</span>
    </div>
  );
}

/** The day's result: in percent, and where there is room the amount before it. */
function DayResult({
  dayPnl,
  dayPnlFraction,
  quoteAsset,
}: Pick<EngineStatus, 'dayPnl' | 'dayPnlFraction' | 'quoteAsset'>) {
  const { shown, title } = useMoneyText(dayPnl, quoteAsset, { sign: 'always' });
  return (
    <Signed direction={directionOf(dayPnl)} title={title}>
      <span className="hidden xl:inline">{shown} </span>
      {percentText(dayPnlFraction, 2, { sign: 'always' })}
    </Signed>
  );
}

type Props = {
  readonly online: boolean;
  readonly menuOpen: boolean;
  readonly onMenu: () => void;
  readonly bell: boolean;
  readonly onBell: (open: boolean) => void;
};

export const TopBar = memo(function TopBar({ online, menuOpen, onMenu, bell, onBell }: Props) {
  const { t } = useTranslation();
  const status = useEngine((state) => state.status);
  return (
    <header
      data-region="bar"
      className="z-40 flex h-10 min-w-0 items-center gap-3 border-b border-hair bg-bg1 pr-1 pl-2 xl:gap-5"
    >
      <button
        type="button"
        aria-label={t('bar.screens')}
        aria-expanded={menuOpen}
        aria-controls="rail"
        onClick={onMenu}
        className="fade flex size-7 shrink-0 items-center justify-center rounded-control text-muted hover:bg-bg2 hover:text-ink md:hidden"
      >
        <Menu aria-hidden size={16} />
      </button>
      <span className="hidden md:block" title="Master Trader">
        <LogoMark size={22} />
      </span>
      {status === null ? (
        <span className="text-12 text-muted">{t('bar.reading')}</span>
      ) : (
        // What does not fit goes to a line below the bar, where nobody sees it: whole or not at all, in any language.
        <div className="flex h-10 min-w-0 flex-1 flex-wrap content-start items-center gap-x-3 overflow-hidden xl:gap-x-5">
          <EnvChip environment={status.environment} />
          <span data-fix="mode">
            <ModeSwitch online={online} />
          </span>
          <Item label={t('bar.equity')} env={status.environment} className="hidden sm:flex">
            <Ticking value={status.equity}>
              <Money text={status.equity} asset={status.quoteAsset} />
            </Ticking>
          </Item>
          <Item label={t('bar.day')} env={status.environment} className="hidden md:flex">
            <Ticking value={status.dayPnl}>
              <DayResult {...status} />
            </Ticking>
          </Item>
          <Item label={t('bar.total')} env={status.environment} className="hidden xl:flex">
            <Ticking value={status.totalPnl}>
              <SignedMoney text={status.totalPnl} asset={status.quoteAsset} />
            </Ticking>
          </Item>
          <Item label={t('bar.drawdown')} className="hidden lg:flex">
            <span className="inline-flex items-center gap-2">
              <RiskMeter drawdown={status.drawdownFraction} limits={status.drawdownLimits} />
              <span>
                {percentText(status.drawdownFraction)}{' '}
                <span className="text-faint">
                  {t('bar.ofLimit', { limit: shortPercentText(status.drawdownLimits.most) })}
                </span>
              </span>
            </span>
          </Item>
        </div>
      )}
      <div className="ml-auto flex shrink-0 items-center gap-2">
        <AlertBell open={bell} onOpen={onBell} />
        <ThemeToggle />
        <KillControl online={online} />
      </div>
    </header>
  );
});
