import { clsx } from 'clsx';
import { ArrowDown, ArrowUp, Ban, CircleDot, Pause } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedItem } from '#shared/format/feed.ts';
import { decimalText, priceText, quantityText } from '#shared/format/figures.ts';
import { environmentTag } from '#shared/format/names.ts';
import { clockText } from '#shared/format/time.ts';
import { said, venueSaid } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { zone } from '../../app/zone.ts';
import { Moment } from '../../components/moment.tsx';

const baseOf = (instrument: string): string => instrument.split('/')[0] ?? '';

type RowProps = {
  readonly ts: number;
  readonly icon: ReactNode;
  readonly head: ReactNode;
  readonly children?: ReactNode;
  readonly env?: string;
};

function Row({ ts, icon, head, children, env }: RowProps) {
  return (
    <li
      {...(env === undefined ? {} : { 'data-env': environmentTag(env) })}
      className="grid grid-cols-[2.75rem_1rem_minmax(0,1fr)] gap-x-2 border-t border-hair px-3 py-1.5 text-12 first:border-t-0"
    >
      <Moment ms={ts} form="clock" className="text-11 leading-[1.05rem] text-faint" />
      <span className="mt-px">{icon}</span>
      <div className="min-w-0">
        <div className="figure font-medium break-words">{head}</div>
        {children !== undefined && <div className="figure text-muted break-words">{children}</div>}
      </div>
    </li>
  );
}

type ItemOf<K extends FeedItem['kind']> = { readonly item: Extract<FeedItem, { kind: K }>; readonly env: string };

function DecisionRow({ item }: Omit<ItemOf<'decision'>, 'env'>) {
  const { t } = useTranslation();
  const { decision, times, since, ts } = item;
  const denied = decision.verdict === 'denied';
  const icon = denied ? (
    <Ban aria-hidden size={13} className="text-warn" />
  ) : decision.kind === 'hold' ? (
    <Pause aria-hidden size={13} className="text-faint" />
  ) : (
    <CircleDot aria-hidden size={13} className="text-accent" />
  );
  return (
    <Row
      ts={ts}
      icon={icon}
      head={
        <>
          {t(`run.feed.kinds.${decision.kind}`)}
          {times > 1 && (
            <span className="font-normal text-faint">
              {' '}
              {t('run.feed.times', { times, since: clockText(since, zone) })}
            </span>
          )}
          {decision.verdict !== undefined && (
            <span className={clsx('font-normal', denied ? 'text-warn' : 'text-faint')}>
              {' '}
              {t(`run.feed.${decision.verdict}`)}
            </span>
          )}
        </>
      }
    >
      {said(decision.reason)}
      {denied && decision.verdictReason !== undefined && (
        <div className="text-warn">{said(decision.verdictReason)}</div>
      )}
    </Row>
  );
}

const side = (which: 'buy' | 'sell') =>
  which === 'buy' ? (
    <ArrowUp aria-hidden size={13} className="text-up" />
  ) : (
    <ArrowDown aria-hidden size={13} className="text-down" />
  );

function OrderRow({ item: { order, ts }, env }: ItemOf<'order'>) {
  const { t } = useTranslation();
  const name = useNames();
  const about = {
    purpose: name('purposes', order.purpose),
    type: name('orderTypes', order.type),
    status: name('orderStatuses', order.status).toLowerCase(),
  };
  const line =
    order.price === undefined
      ? t('run.feed.order', about)
      : t('run.feed.orderAt', { ...about, price: priceText(order.price, order.priceDecimals) });
  return (
    <Row
      ts={ts}
      env={env}
      icon={side(order.side)}
      head={t(`run.feed.${order.side}`, { quantity: quantityText(order.quantity), asset: baseOf(order.instrument) })}
    >
      {order.reason === undefined
        ? line
        : t('run.feed.orderWhy', { order: line, why: (order.status === 'rejected' ? venueSaid : said)(order.reason) })}
    </Row>
  );
}

function FillRow({ item: { fill, ts }, env }: ItemOf<'fill'>) {
  const { t } = useTranslation();
  const name = useNames();
  return (
    <Row
      ts={ts}
      env={env}
      icon={side(fill.side)}
      head={t('run.feed.filled', {
        quantity: quantityText(fill.quantity),
        asset: baseOf(fill.instrument),
        price: priceText(fill.price, fill.priceDecimals),
      })}
    >
      {t('run.feed.fill', {
        purpose: name('purposes', fill.purpose),
        fee: decimalText(fill.fee),
        asset: fill.feeAsset,
      })}
    </Row>
  );
}

type Props = { readonly items: readonly FeedItem[]; readonly env: string; readonly label: string };

/** What the agent decided, ordered and got, with the reason of every hold. */
export function FeedList({ items, env, label }: Props) {
  return (
    <ol aria-label={label}>
      {items.map((item) => {
        switch (item.kind) {
          case 'decision':
            return <DecisionRow key={item.key} item={item} />;
          case 'order':
            return <OrderRow key={item.key} item={item} env={env} />;
          case 'fill':
            return <FillRow key={item.key} item={item} env={env} />;
        }
      })}
    </ol>
  );
}
