import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountRequest } from '#shared/contract/accounts.ts';
import { useAct } from '../../app/use-act.ts';
import { Choice } from '../../components/choice.tsx';
import { Select } from '../../components/select.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { KeyName } from '../../stores/exchanges-store.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { Buttons } from '../vault/sheet-parts.tsx';

const ENVIRONMENTS = ['sandbox', 'live'] as const;

type Props = { readonly keys: readonly KeyName[]; readonly onClose: () => void };

/** An account for a stored key, whose name and venue it takes. */
export function AccountSheet({ keys, onClose }: Props) {
  const { t } = useTranslation();
  const { exchanges } = useStores();
  const { busy, error, run } = useAct();
  const id = useId();
  const [name, setName] = useState(keys[0]?.name ?? '');
  const [environment, setEnvironment] = useState<(typeof ENVIRONMENTS)[number]>('sandbox');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const key = keys.find((one) => one.name === name);
    if (key === undefined) return;
    const instruments = text.split(/[\s,]+/).filter((part) => part !== '');
    const read = accountRequest.shape.instruments.safeParse(instruments.map((part) => part.toUpperCase()));
    setWrong(!read.success);
    if (!read.success) return;
    void run(() => exchanges.addAccount({ name, exchange: key.venue, environment, instruments: read.data })).then(
      (done) => (done ? onClose() : undefined),
    );
  };

  return (
    <Sheet open onClose={onClose} title={t('exchanges.accountTitle')}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Select
          label={t('exchanges.accountKey')}
          value={name}
          options={keys.map((key) => ({ value: key.name, label: key.name, note: key.venue }))}
          onChange={setName}
        />
        <div>
          <div id={id} className="mb-1 text-11 text-muted">
            {t('exchanges.environment')}
          </div>
          <Choice
            labelledBy={id}
            value={environment}
            options={ENVIRONMENTS.map((value) => ({ value, label: t(`exchanges.environments.${value}`) }))}
            onChange={setEnvironment}
          />
          {environment === 'live' && <p className="mt-1 text-12 text-warn">{t('exchanges.liveNote')}</p>}
        </div>
        <TextField
          label={t('exchanges.instruments')}
          note={t('exchanges.instrumentsNote')}
          wrong={wrong ? t('exchanges.instrumentsWrong') : undefined}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {error !== null && <ErrorState error={error} />}
        <Buttons onClose={onClose} action={t(busy ? 'exchanges.adding' : 'exchanges.add')} disabled={busy} />
      </form>
    </Sheet>
  );
}
