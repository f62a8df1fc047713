import type { TFunction } from 'i18next';
import {
  Bell,
  Database,
  FileText,
  Gauge,
  Info,
  Keyboard,
  Landmark,
  ListChecks,
  type LucideIcon,
  Palette,
  ShieldCheck,
  SlidersHorizontal,
} from 'lucide-react';

import type { ComponentType } from 'react';
import { limitName } from '#shared/contract/limits.ts';
import { SETUP_STEPS } from '#shared/contract/setup.ts';
import { ExchangesSection } from '../exchanges/exchanges-section.tsx';
import { SecuritySection } from '../security/security-section.tsx';
import { StoredSection } from '../stored/stored-section.tsx';
import { AboutSection } from './about.tsx';
import { AppearanceSection } from './appearance.tsx';
import { GeneralSection } from './general.tsx';
import { LimitsSection } from './limits.tsx';
import { NotificationsSection } from './notifications.tsx';
import { PromptsSection } from './prompts.tsx';
import { SetupSection } from './setup.tsx';
import { ShortcutsSection } from './shortcuts.tsx';

/** A text of the catalogue, in the language of the moment. */
type Words = (t: TFunction) => string;

/** A setting that the search finds: the id its `Setting` has, and its name in the catalogue. */
export type SettingEntry = { readonly id: string; readonly label: Words };

export type SettingsSection = {
  /** In the address: `/settings/<id>`. */
  readonly id: string;
  readonly title: Words;
  readonly icon: LucideIcon;
  readonly Component: ComponentType;
  readonly settings: readonly SettingEntry[];
};

const LIMITS = limitName.options;

/** Every section, in the order of the list. A part of the product with settings of its own adds a row. */
export const SECTIONS: readonly SettingsSection[] = [
  {
    id: 'general',
    title: (t) => t('settings.general.title'),
    icon: SlidersHorizontal,
    Component: GeneralSection,
    settings: [
      { id: 'language', label: (t) => t('settings.general.language') },
      { id: 'timeZone', label: (t) => t('settings.general.timeZone') },
      { id: 'displayCurrency', label: (t) => t('settings.general.currency') },
      { id: 'kesRate', label: (t) => t('settings.general.rate') },
      { id: 'region', label: (t) => t('settings.general.region') },
    ],
  },
  {
    id: 'appearance',
    title: (t) => t('settings.appearance.title'),
    icon: Palette,
    Component: AppearanceSection,
    settings: [
      { id: 'theme', label: (t) => t('settings.appearance.theme') },
      { id: 'palette', label: (t) => t('settings.appearance.palette') },
      { id: 'density', label: (t) => t('settings.appearance.density') },
      { id: 'reduceMotion', label: (t) => t('settings.appearance.motion') },
    ],
  },
  {
    id: 'security',
    title: (t) => t('security.title'),
    icon: ShieldCheck,
    Component: SecuritySection,
    settings: [
      { id: 'protection', label: (t) => t('security.protection') },
      { id: 'passphrase', label: (t) => t('security.passphrase') },
      { id: 'recovery', label: (t) => t('security.recovery') },
      { id: 'rotate', label: (t) => t('security.rotate') },
      { id: 'unattended', label: (t) => t('security.unattended') },
      { id: 'totp', label: (t) => t('security.totp') },
      { id: 'biometric', label: (t) => t('security.biometric') },
      { id: 'idleMinutes', label: (t) => t('security.idle') },
      { id: 'hideAmountsWhenLocked', label: (t) => t('security.hide') },
      { id: 'lockNow', label: (t) => t('security.lock') },
      { id: 'apiTokens', label: (t) => t('outside.tokens') },
      { id: 'accessLog', label: (t) => t('security.log') },
    ],
  },
  {
    id: 'exchanges',
    title: (t) => t('exchanges.title'),
    icon: Landmark,
    Component: ExchangesSection,
    settings: [
      { id: 'exchangeKeys', label: (t) => t('exchanges.keys') },
      { id: 'exchangeAccounts', label: (t) => t('exchanges.accounts') },
      { id: 'venues', label: (t) => t('exchanges.venues') },
    ],
  },
  {
    id: 'notifications',
    title: (t) => t('alerts.section.title'),
    icon: Bell,
    Component: NotificationsSection,
    settings: [
      { id: 'quietHours', label: (t) => t('alerts.section.quietHours') },
      { id: 'dailySummaryTime', label: (t) => t('alerts.section.summary') },
      { id: 'startAtLogin', label: (t) => t('alerts.section.login') },
      { id: 'outsideChannels', label: (t) => t('outside.channels') },
      { id: 'alertKinds', label: (t) => t('alerts.section.kinds') },
    ],
  },
  {
    id: 'setup',
    title: (t) => t('setup.title'),
    icon: ListChecks,
    Component: SetupSection,
    settings: SETUP_STEPS.map((id) => ({ id: `setup-${id}`, label: (t) => t(`setup.steps.${id}.name`) })),
  },
  {
    id: 'limits',
    title: (t) => t('limits.title'),
    icon: Gauge,
    Component: LimitsSection,
    settings: [
      { id: 'askEntries', label: (t) => t('outside.asks') },
      { id: 'approvalMinutes', label: (t) => t('outside.approvalMinutes') },
      ...LIMITS.map(
        (name): SettingEntry => ({ id: `limit-${name}`, label: (t) => `${t(`names.limits.${name}`)} (${name})` }),
      ),
    ],
  },
  {
    id: 'instructions',
    title: (t) => t('prompts.title'),
    icon: FileText,
    Component: PromptsSection,
    settings: [],
  },
  {
    id: 'data',
    title: (t) => t('stored.title'),
    icon: Database,
    Component: StoredSection,
    settings: [
      { id: 'backups', label: (t) => t('stored.backups') },
      { id: 'candles', label: (t) => t('stored.candles') },
      { id: 'importCandles', label: (t) => t('stored.import') },
      { id: 'fetchCandles', label: (t) => t('stored.fetch') },
    ],
  },
  {
    id: 'shortcuts',
    title: (t) => t('settings.shortcuts.title'),
    icon: Keyboard,
    Component: ShortcutsSection,
    settings: [{ id: 'singleKeyShortcuts', label: (t) => t('settings.shortcuts.singleKeys') }],
  },
  {
    id: 'about',
    title: (t) => t('settings.about.title'),
    icon: Info,
    Component: AboutSection,
    settings: [{ id: 'licences', label: (t) => t('settings.about.licences') }],
  },
];
