import { useTranslation } from 'react-i18next';
import { convertedText, type MoneyDisplay, moneyLocale, rateAgeDays } from '#shared/format/display-money.ts';
import { type FigureStyle, moneyText } from '#shared/format/figures.ts';
import { useNow } from './now.ts';
import { usePreference } from './preferences.ts';

const systemRegion = (): 'KE' | 'US' => (new Intl.Locale(navigator.language).region === 'KE' ? 'KE' : 'US');

/** How this window shows money: the master's currency and rate, written as in the chosen language and region. */
export function useMoneyDisplay(): MoneyDisplay {
  const { i18n } = useTranslation();
  const currency = usePreference('displayCurrency');
  const rate = usePreference('kesRate');
  const region = usePreference('region');
  return { currency, rate, locale: moneyLocale(i18n.language, region === 'system' ? systemRegion() : region) };
}

/** How an amount is shown: as it is, or in the master's currency with what it is, the rate and its age on hover. */
export function useMoneyText(
  text: string,
  asset: string,
  style: FigureStyle = {},
): { readonly shown: string; readonly title?: string } {
  const { t } = useTranslation();
  const display = useMoneyDisplay();
  const now = useNow();
  const own = moneyText(text, asset, style);
  const converted = convertedText(text, asset, display, style);
  if (converted === null || display.rate === null) return { shown: own };
  const { kesPerUsd: rate, on } = display.rate;
  return { shown: converted, title: t('figures.converted', { own, rate, on, count: rateAgeDays(on, now) }) };
}
