import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { OrderOutcome, OrderPreview, OrderRequest } from '#shared/contract/orders.ts';
import { quantityText } from '#shared/format/figures.ts';
import { useNames } from '../../app/use-names.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceGroup } from '../../components/choice-group.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores, useTrading } from '../../stores/stores-context.tsx';
import { AccountSelect } from './account-select.tsx';
import { PreviewView } from './preview-view.tsx';
import { askedOf, emptyTicket, type TicketDraft, ticketDraft } from './ticket-draft.ts';
import { usePreview } from './use-preview.ts';

type Props = {
  readonly instrument: string;
  readonly side?: TicketDraft['side'];
  readonly size?: string;
};

/** The order that the preview has shown, to the lot. */
const requestOf = (draft: TicketDraft, seen: OrderPreview): Omit<OrderRequest, 'key'> => ({
  account: seen.account,
  instrument: seen.instrument,
  side: seen.side,
  quantity: seen.quantity,
  ...(draft.type === 'limit' ? { limit: draft.limit.trim() } : {}),
  ...(draft.side === 'buy' ? { stop: draft.stop.trim() } : {}),
  ...(draft.side === 'buy' && draft.take.trim() !== '' ? { take: draft.take.trim() } : {}),
});

/**
 * An order by hand: what is sent is what the preview has shown, under a key that stays the same until the order is answered or is another one,
 * so that a press that arrives twice is one order.
 */
export function OrderTicket({ instrument, side = 'buy', size = '' }: Props) {
  const { t } = useTranslation();
  const named = useNames();
  const { trading } = useStores();
  const account = useTrading((state) => state.account);
  const busy = useTrading((state) => state.busy.has('place'));
  const error = useTrading((state) => state.error);
  const [done, setDone] = useState<OrderOutcome | null>(null);
  const form = useForm<TicketDraft>({
    resolver: zodResolver(ticketDraft),
    defaultValues: emptyTicket(side, size),
    mode: 'onSubmit',
  });
  const { register, handleSubmit, setValue, formState } = form;
  const draft = useWatch({ control: form.control }) as TicketDraft;
  const preview = usePreview(askedOf(draft, account, instrument));
  const [base = '', quote = ''] = instrument.split('/');
  useEffect(() => () => trading.dismiss(), [trading]);

  const wrong = (field: 'size' | 'limit' | 'stop' | 'take'): string | undefined => {
    const message = formState.errors[field]?.message;
    return message === 'missing' || message === 'number' ? t(`trading.wrong.${message}`) : undefined;
  };
  const send = handleSubmit(async (values) => {
    if (preview.state !== 'seen' || preview.seen.refusal !== null || busy) return;
    const outcome = await trading.place(requestOf(values, preview.seen));
    if (outcome === undefined) return;
    setDone(outcome);
    form.reset({ ...emptyTicket(values.side), sizing: values.sizing, type: values.type });
  });

  const seen = preview.state === 'seen' ? preview.seen : null;
  const refused = seen?.refusal ?? null;
  return (
    <form
      aria-label={t('trading.ticket')}
      noValidate
      onSubmit={(event) => void send(event)}
      className="flex flex-col gap-3"
      data-testid="ticket"
    >
      <AccountSelect />
      <div className="grid grid-cols-2 gap-2">
        <ChoiceGroup
          quiet
          label={t('trading.side')}
          value={draft.side}
          choices={[
            { value: 'buy', label: `▲ ${t('trading.buy')}`, tone: 'text-up' },
            { value: 'sell', label: `▼ ${t('trading.sell')}`, tone: 'text-down' },
          ]}
          onChange={(next) => setValue('side', next)}
        />
        <ChoiceGroup
          quiet
          label={t('trading.type')}
          value={draft.type}
          choices={[
            { value: 'market', label: t('trading.market') },
            { value: 'limit', label: t('trading.limit') },
          ]}
          onChange={(next) => setValue('type', next)}
        />
      </div>
      <div className="grid grid-cols-2 items-end gap-2">
        <TextField
          label={
            draft.sizing === 'quantity' ? t('trading.quantity', { asset: base }) : t('trading.amount', { asset: quote })
          }
          inputMode="decimal"
          wrong={wrong('size')}
          {...register('size')}
        />
        <ChoiceGroup
          quiet
          label={t('trading.sizing')}
          value={draft.sizing}
          choices={[
            { value: 'quantity', label: t('trading.byQuantity') },
            { value: 'amount', label: t('trading.byAmount') },
          ]}
          onChange={(next) => setValue('sizing', next)}
        />
      </div>
      {draft.type === 'limit' && (
        <TextField label={t('trading.limitPrice')} inputMode="decimal" wrong={wrong('limit')} {...register('limit')} />
      )}
      {draft.side === 'buy' && (
        <div className="grid grid-cols-2 gap-2">
          <TextField
            label={t('trading.stop')}
            note={t('trading.stopNote')}
            inputMode="decimal"
            wrong={wrong('stop')}
            {...register('stop')}
          />
          <TextField
            label={t('trading.take')}
            note={t('trading.takeNote')}
            inputMode="decimal"
            wrong={wrong('take')}
            {...register('take')}
          />
        </div>
      )}
      <PreviewView preview={preview} />
      <Button
        type="submit"
        kind="primary"
        aria-disabled={refused !== null || busy}
        className="h-8"
        data-testid="place-order"
      >
        {busy
          ? t('trading.placing')
          : seen === null
            ? t('trading.place.plain')
            : t(seen.side === 'buy' ? 'trading.place.buy' : 'trading.place.sell', {
                quantity: quantityText(seen.quantity),
                asset: base,
              })}
      </Button>
      {error !== null && <ErrorState error={error} />}
      <p role="status" className="text-12" data-testid="order-done">
        {done === null
          ? ''
          : t('trading.done', {
              side: done.order.side === 'buy' ? t('trading.buy') : t('trading.sell'),
              quantity: quantityText(done.order.quantity),
              instrument: done.order.instrument,
              status: named('orderStatuses', done.order.status),
            })}
      </p>
    </form>
  );
}
