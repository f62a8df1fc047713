import { Save, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreference } from '../../app/preferences.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';

/** Indicators under a name: saved, used and forgotten. */
export function IndicatorSets() {
  const { t } = useTranslation();
  const { preferences } = useStores();
  const chosen = usePreference('chartIndicators');
  const sets = usePreference('chartSets');
  const [name, setName] = useState('');
  const title = useId();
  const keep = (next: typeof sets): void => void preferences.change({ chartSets: next });
  const names = Object.keys(sets);
  return (
    <div role="group" aria-labelledby={title}>
      <p id={title} className="mb-1 text-11 text-muted">
        {t('market.indicators.sets')}
      </p>
      {names.length === 0 ? (
        <p className="text-12 text-faint">{t('market.indicators.noSets')}</p>
      ) : (
        <ul className="flex flex-wrap gap-2">
          {names.map((one) => (
            <li key={one} className="flex">
              <Button
                aria-label={t('market.indicators.use', { name: one })}
                onClick={() => void preferences.change({ chartIndicators: [...(sets[one] ?? [])] })}
              >
                {one}
              </Button>
              <Button
                kind="quiet"
                aria-label={t('market.indicators.remove', { name: one })}
                onClick={() => keep(Object.fromEntries(Object.entries(sets).filter(([other]) => other !== one)))}
                icon={<X aria-hidden size={13} />}
              />
            </li>
          ))}
        </ul>
      )}
      <form
        noValidate
        className="mt-2 flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = name.trim();
          if (wanted === '') return;
          keep({ ...sets, [wanted]: [...chosen] });
          setName('');
        }}
      >
        <TextField
          className="w-64"
          label={t('market.indicators.nameOfSet')}
          maxLength={30}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" aria-disabled={name.trim() === ''} icon={<Save aria-hidden size={13} />}>
          {t('market.indicators.save')}
        </Button>
      </form>
    </div>
  );
}
