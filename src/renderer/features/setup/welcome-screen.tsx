import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { usePreference } from '../../app/preferences.ts';
import { Choice } from '../../components/choice.tsx';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { LogoMark } from '../shell/logo-mark.tsx';

const LANGUAGES = ['en', 'sw'] as const;
const THEMES = ['system', 'dark', 'light'] as const;
const CURRENCIES = ['USD', 'KES'] as const;
const BIG =
  'fade inline-flex h-11 items-center justify-center rounded-control px-5 text-15 select-none disabled:cursor-not-allowed';

/** How long an hour of a faster market takes by our clock. */
const roundedMinutes = (speed: number): string => String(Math.max(1, Math.round(60 / speed)));

/** The first screen of all: what this is, in whose language, and two ways on. */
export function WelcomeScreen() {
  const { t, i18n } = useTranslation();
  const { preferences } = useStores();
  const [, navigate] = useLocation();
  const seed = useEngine((state) => state.status?.feed.seed ?? null);
  const speed = useEngine((state) => state.status?.feed.speed ?? 0);
  const theme = usePreference('theme');
  const currency = usePreference('displayCurrency');
  const language = i18n.language === 'sw' ? 'sw' : 'en';

  const leave = (path: string): void => {
    navigate(path);
    void preferences.change({ welcomed: true });
  };
  return (
    <div className="flex min-h-full items-center justify-center p-6">
      <section
        aria-labelledby="welcome-title"
        data-panel=""
        data-testid="welcome"
        className="flex w-full max-w-2xl flex-col gap-5 rounded-panel border border-hair bg-bg1 p-8"
      >
        <div className="flex items-center gap-3">
          <LogoMark size={36} />
          <h1 id="welcome-title" className="text-24 font-bold">
            {t('setup.welcome.title')}
          </h1>
        </div>
        <p className="text-15">{t('setup.welcome.lead')}</p>
        <p className="text-13 text-muted">
          {t('setup.welcome.simulated', { seed: seed ?? '' })}
          {speed > 1 && ` ${t('firstTrade.pace', { speed, minutes: roundedMinutes(speed) })}`}
        </p>
        <p className="text-13 text-muted">{t('setup.welcome.risk')}</p>
        <div className="flex flex-wrap gap-3">
          {/* It takes the focus: the one thing to do on a screen that has just replaced everything else */}
          <button
            type="button"
            autoFocus
            onClick={() => leave('/')}
            className={`${BIG} bg-spawn font-bold text-on-spawn hover:brightness-105`}
          >
            {t('setup.welcome.start')}
          </button>
          <button
            type="button"
            onClick={() => leave('/settings/setup')}
            className={`${BIG} border border-line bg-bg2 hover:bg-bg3`}
          >
            {t('setup.welcome.keys')}
          </button>
        </div>
        <div className="flex flex-wrap gap-x-8 gap-y-3 border-t border-hair pt-4">
          <Labelled id="welcome-language" label={t('setup.welcome.language')}>
            <Choice
              labelledBy="welcome-language"
              value={language}
              options={LANGUAGES.map((value) => ({ value, label: t(`settings.general.languages.${value}`) }))}
              onChange={(value) => void preferences.change({ language: value })}
            />
          </Labelled>
          <Labelled id="welcome-theme" label={t('setup.welcome.theme')}>
            <Choice
              labelledBy="welcome-theme"
              value={theme}
              options={THEMES.map((value) => ({ value, label: t(`settings.appearance.themes.${value}`) }))}
              onChange={(value) => void preferences.change({ theme: value })}
            />
          </Labelled>
          <Labelled id="welcome-currency" label={t('setup.welcome.currency')}>
            <Choice
              labelledBy="welcome-currency"
              value={currency}
              options={CURRENCIES.map((value) => ({ value, label: value }))}
              onChange={(value) => void preferences.change({ displayCurrency: value })}
            />
          </Labelled>
        </div>
      </section>
    </div>
  );
}

type LabelledProps = { readonly id: string; readonly label: string; readonly children: React.ReactNode };

function Labelled({ id, label, children }: LabelledProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <span id={id} className="text-11 text-faint">
        {label}
      </span>
      {children}
    </div>
  );
}
