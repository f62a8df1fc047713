import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tokenName, tokenScope } from '#shared/contract/tokens.ts';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { Select } from '../../components/select.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { Buttons } from '../vault/sheet-parts.tsx';

const TOKEN_BYTES = 32;
const DAY_MS = 86_400_000;
/** How long a token stands; null until it is revoked. */
const LIVES = { day: DAY_MS, month: 30 * DAY_MS, year: 365 * DAY_MS, never: null } as const;
type Life = keyof typeof LIVES;
const isLife = (text: string): text is Life => Object.hasOwn(LIVES, text);
const NAMES = Object.keys(LIVES).filter(isLife);

const newToken = (): string =>
  [...crypto.getRandomValues(new Uint8Array(TOKEN_BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Makes a token here, hands it to the engine, which keeps its hash, and shows it this once. */
export function TokenSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { outside } = useStores();
  const { busy, error, run } = useAct();
  const id = useId();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<(typeof tokenScope.options)[number]>('view');
  const [life, setLife] = useState<Life>('month');
  const [wrong, setWrong] = useState(false);
  /** The token that was made, for as long as this sheet shows it. */
  const [made, setMade] = useState<string | null>(null);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = tokenName.safeParse(name.trim());
    setWrong(!read.success);
    if (!read.success) return;
    const stands = LIVES[life];
    const given = newToken();
    const expiresAt = stands === null ? null : Date.now() + stands;
    const make = async (): Promise<void> => {
      if (await run(() => outside.makeToken({ name: read.data, scope, expiresAt, token: given }))) setMade(given);
    };
    void make();
  };

  return (
    <Sheet open onClose={onClose} title={t('outside.newToken')}>
      {made !== null ? (
        <div className="flex flex-col gap-3">
          <p className="text-12">{t('outside.shownOnce')}</p>
          <output className="figure-mono rounded-control border border-line bg-bg2 p-2 text-12 break-all select-all">
            {made}
          </output>
          <div className="flex justify-end">
            <Button kind="primary" onClick={onClose}>
              {t('outside.copied')}
            </Button>
          </div>
        </div>
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-3">
          <TextField
            label={t('outside.tokenName')}
            note={t('outside.tokenNameNote')}
            wrong={wrong ? t('outside.tokenNameWrong') : undefined}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <div>
            <div id={id} className="mb-1 text-11 text-muted">
              {t('outside.may')}
            </div>
            <Choice
              labelledBy={id}
              value={scope}
              options={tokenScope.options.map((value) => ({ value, label: t(`outside.scopes.${value}`) }))}
              onChange={setScope}
            />
          </div>
          <Select
            label={t('outside.life.label')}
            value={life}
            options={NAMES.map((value) => ({ value, label: t(`outside.life.${value}`) }))}
            onChange={(value) => {
              if (isLife(value)) setLife(value);
            }}
          />
          {error !== null && <ErrorState error={error} />}
          <Buttons onClose={onClose} action={t(busy ? 'outside.making' : 'outside.make')} disabled={busy} />
        </form>
      )}
    </Sheet>
  );
}
