import { useTranslation } from 'react-i18next';
import { utcText } from '#shared/format/time.ts';
import { Pairs } from '../../components/pairs.tsx';
import { Setting } from '../../components/setting.tsx';
import { useEngine } from '../../stores/stores-context.tsx';
import { NOTICES } from './notices.ts';

export function AboutSection() {
  const { t } = useTranslation();
  const version = useEngine((state) => state.status?.version ?? '');
  const startedAt = useEngine((state) => state.status?.startedAt ?? null);
  return (
    <>
      <div className="px-3 py-3">
        <Pairs
          className="max-w-md"
          pairs={[
            { label: t('settings.about.version'), value: version },
            ...(startedAt === null ? [] : [{ label: t('settings.about.startedAt'), value: utcText(startedAt) }]),
          ]}
        />
        <p className="mt-2 text-12">{t('settings.about.local')}</p>
        <p className="mt-1 max-w-prose text-12 text-muted">{t('settings.about.notAdvice')}</p>
      </div>
      <Setting id="licences" label={t('settings.about.licences')} note={t('settings.about.licencesNote')}>
        {() => null}
      </Setting>
      <ul className="px-3 pb-3 text-12">
        {NOTICES.map(({ name, licence, use }) => (
          <li key={name} className="border-t border-hair py-1.5 first:border-t-0">
            {name}
            <span className="block text-11 text-muted">{t('settings.about.notice', { licence, use })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
