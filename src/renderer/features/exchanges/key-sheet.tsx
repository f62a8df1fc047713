import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../app/use-act.ts';
import { Select } from '../../components/select.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { KeyName, VenueListView } from '../../stores/exchanges-store.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { SecretField, takeSecret } from '../vault/secret-field.tsx';
import { Buttons, Problem } from '../vault/sheet-parts.tsx';

type Props = {
  /** The key to change; null for a new one. */
  readonly known: KeyName | null;
  readonly venues: VenueListView;
  readonly onClose: () => void;
};

/** Stores a key, or other parts of one. Its fields are empty before anything is sent, and nothing ever fills them again. */
export function KeySheet({ known, venues, onClose }: Props) {
  const { t } = useTranslation();
  const { exchanges } = useStores();
  const { busy, error, run } = useAct();
  const ids = [...venues.venues.map(({ id }) => id), ...venues.others];
  const [name, setName] = useState('');
  const [venue, setVenue] = useState(ids[0] ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [apiKey, secret, password] = [
    useRef<HTMLInputElement>(null),
    useRef<HTMLInputElement>(null),
    useRef<HTMLInputElement>(null),
  ];

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const parts = {
      apiKey: takeSecret(apiKey.current).trim(),
      secret: takeSecret(secret.current).trim(),
      password: takeSecret(password.current).trim(),
    };
    const given = Object.fromEntries(Object.entries(parts).filter(([, text]) => text !== ''));
    if (known === null && (parts.apiKey === '' || parts.secret === '')) return setProblem(t('exchanges.half'));
    if (Object.keys(given).length === 0) return setProblem(t('exchanges.nothing'));
    setProblem(null);
    const whose = known ?? { name: name.trim(), venue };
    void run(() => exchanges.putKey({ name: whose.name, venue: whose.venue, ...given })).then((done) =>
      done ? onClose() : undefined,
    );
  };

  return (
    <Sheet
      open
      onClose={onClose}
      title={known === null ? t('exchanges.keyTitle') : t('exchanges.changeWhat', { name: known.name })}
    >
      <form onSubmit={submit}>
        {known === null ? (
          <div className="flex flex-wrap items-start gap-3">
            <TextField
              className="min-w-48 flex-1"
              label={t('exchanges.keyName')}
              note={t('exchanges.keyNameNote')}
              value={name}
              required
              onChange={(event) => setName(event.target.value)}
            />
            <Select
              className="pt-4"
              label={t('exchanges.venue')}
              value={venue}
              options={ids.map((id) => ({ value: id, label: id }))}
              onChange={setVenue}
            />
          </div>
        ) : (
          <p className="text-muted">{t('exchanges.keepNote')}</p>
        )}
        <SecretField label={t('exchanges.apiKey')} ref={apiKey} />
        <SecretField label={t('exchanges.secret')} ref={secret} />
        <SecretField label={t('exchanges.password')} ref={password} hint={t('exchanges.passwordNote')} />
        <Problem text={problem} />
        {error !== null && <ErrorState error={error} />}
        <Buttons onClose={onClose} action={t(busy ? 'exchanges.saving' : 'exchanges.save')} disabled={busy} />
      </form>
    </Sheet>
  );
}
