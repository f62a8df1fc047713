import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OutboundSettingView, outboundSetting } from '#shared/contract/outbound.ts';
import { useAct } from '../../app/use-act.ts';
import { Select } from '../../components/select.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Switch } from '../../components/switch.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { Channel } from '../../stores/outside-store.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { SecretField, takeSecret } from '../vault/secret-field.tsx';
import { Buttons, Problem } from '../vault/sheet-parts.tsx';

/** What each channel asks for, in the words of the contract; the secret is a field of its own. */
const FIELDS = {
  webhook: ['url'],
  telegram: ['chat', 'api'],
  email: ['to', 'from', 'host', 'port'],
} as const satisfies Readonly<Record<Channel, readonly string[]>>;
type Field = (typeof FIELDS)[Channel][number];
const LABELS = {
  url: 'outside.url',
  chat: 'outside.chat',
  api: 'outside.api',
  to: 'outside.toAddress',
  from: 'outside.fromAddress',
  host: 'outside.host',
  port: 'outside.port',
} as const satisfies Readonly<Record<Field, string>>;
const USUAL: Partial<Readonly<Record<Field, string>>> = { api: 'https://api.telegram.org', port: '587' };
const LEAST_SECRET = 8;
const URGENCIES = ['low', 'normal', 'critical'] as const;
type Urgency = (typeof URGENCIES)[number];

type Props = {
  readonly channel: Channel;
  readonly known: OutboundSettingView | undefined;
  readonly onClose: () => void;
};

const knownText = (known: OutboundSettingView | undefined, field: Field): string => {
  const found = Object.entries(known ?? {}).find(([name]) => name === field)?.[1];
  return found === undefined ? (USUAL[field] ?? '') : String(found);
};

/** Sets a channel. Its secret is read once out of its field, goes into the vault, and nothing ever fills the field again. */
export function ChannelSheet({ channel, known, onClose }: Props) {
  const { t } = useTranslation();
  const { outside } = useStores();
  const { busy, error, run } = useAct();
  const id = useId();
  const fields: readonly Field[] = FIELDS[channel];
  const [draft, setDraft] = useState<Readonly<Partial<Record<Field, string>>>>(() =>
    Object.fromEntries(fields.map((field) => [field, knownText(known, field)])),
  );
  const [user, setUser] = useState('');
  const [least, setLeast] = useState<Urgency>(known?.least ?? 'normal');
  const [amounts, setAmounts] = useState(known?.amounts ?? false);
  const [problem, setProblem] = useState<string | null>(null);
  const secretField = useRef<HTMLInputElement>(null);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const secret = takeSecret(secretField.current).trim();
    const typed = fields.map((field) => [field, field === 'port' ? Number(draft[field]) : (draft[field] ?? '').trim()]);
    const read = outboundSetting.safeParse({ channel, least, amounts, ...Object.fromEntries(typed) });
    if (!read.success) {
      const wrong = fields.find((field) => field === read.error.issues[0]?.path[0]) ?? fields[0];
      return setProblem(t('outside.wrong', { field: wrong === undefined ? '' : t(LABELS[wrong]) }));
    }
    if (secret.length < LEAST_SECRET && (known === undefined || secret !== ''))
      return setProblem(t('outside.needSecret'));
    setProblem(null);
    const sender = read.data.channel === 'email' ? read.data.from : channel;
    const given = secret === '' ? {} : { secret, user: user.trim() === '' ? sender : user.trim() };
    void run(() => outside.setChannel({ setting: read.data, ...given })).then((done) => (done ? onClose() : undefined));
  };
  const note = (field: Field): string | undefined =>
    field === 'url' ? t('outside.urlNote') : field === 'chat' ? t('outside.chatNote') : undefined;

  return (
    <Sheet open onClose={onClose} title={t('outside.setNamed', { channel: t(`outside.name.${channel}`) })}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        {fields.map((field) => (
          <TextField
            key={field}
            label={t(LABELS[field])}
            note={note(field)}
            value={draft[field] ?? ''}
            maxLength={500}
            onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
          />
        ))}
        {channel === 'email' && (
          <TextField
            label={t('outside.user')}
            note={t('outside.userNote')}
            value={user}
            maxLength={200}
            onChange={(event) => setUser(event.target.value)}
          />
        )}
        <div>
          <SecretField
            label={t(`outside.secret.${channel}`)}
            ref={secretField}
            {...(known === undefined ? {} : { hint: t('outside.secretStays') })}
          />
        </div>
        <Select
          label={t('outside.least.label')}
          value={least}
          options={URGENCIES.map((value) => ({ value, label: t(`outside.least.${value}`) }))}
          onChange={(value) => setLeast(URGENCIES.find((one) => one === value) ?? 'normal')}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Switch labelledBy={id} checked={amounts} onChange={setAmounts} />
          <span>
            <span id={id} className="text-12">
              {t('outside.amounts')}
            </span>
            <span className="block text-11 text-faint">{t('outside.amountsNote')}</span>
          </span>
        </div>
        <Problem text={problem} />
        {error !== null && <ErrorState error={error} />}
        <Buttons onClose={onClose} action={t(busy ? 'outside.saving' : 'outside.save')} disabled={busy} />
      </form>
    </Sheet>
  );
}
