import { clsx } from 'clsx';
import { ArrowDown, ArrowUp, Ban, CircleDot, Pause } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FeedItem } from '#shared/format/feed.ts';
import { decimalText, quantityText } from '#shared/format/figures.ts';
import { environmentTag, orderStatusName, purposeName } from '#shared/format/names.ts';
import { clockText } from '#shared/format/time.ts';
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

function DecisionRow({ item }: { readonly item: Extract<FeedItem, { kind: 'decision' }> }) {
  const { decision, times, since, ts } = item;
  const denied = decision.verdict === 'denied';
  const word = { enter: 'Enter', exit: 'Exit', hold: 'Hold' }[decision.kind];
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
          {word}
          {times > 1 && (
            <span className="font-normal text-faint">
              {' '}
              ×{times} since {clockText(since, zone)}
            </span>
          )}
          {decision.verdict !== undefined && (
            <span className={clsx('font-normal', denied ? 'text-warn' : 'text-faint')}>
              {' '}
              {denied ? 'denied by the risk gate' : 'approved by the risk gate'}
            </span>
          )}
        </>
      }
    >
      {decision.reason}
      {denied && decision.verdictReason !== undefined && <div className="text-warn">{decision.verdictReason}</div>}
    </Row>
  );
}

const side = (which: 'buy' | 'sell') =>
  which === 'buy' ? (
    <ArrowUp aria-hidden size={13} className="text-up" />
  ) : (
    <ArrowDown aria-hidden size={13} className="text-down" />
  );

type Props = { readonly items: readonly FeedItem[]; readonly env: string; readonly label: string };

/** What the agent decided, ordered and got, with the reason of every hold. */
export function FeedList({ items, env, label }: Props) {
  return (
    <ol aria-label={label}>
      {items.map((item) => {
        switch (item.kind) {
          case 'decision':
            return <DecisionRow key={item.key} item={item} />;
          case 'order': {
            const { order } = item;
            return (
              <Row
                key={item.key}
                ts={item.ts}
                env={env}
                icon={side(order.side)}
                head={`${order.side === 'buy' ? 'Buy' : 'Sell'} ${quantityText(order.quantity)} ${baseOf(order.instrument)}`}
              >
                {purposeName(order.purpose)} order, {order.type.replace('_', ' ')}
                {order.price === undefined ? '' : ` at ${decimalText(order.price)}`}:{' '}
                {orderStatusName(order.status).toLowerCase()}
                {order.reason === undefined ? '' : ` (${order.reason})`}
              </Row>
            );
          }
          case 'fill': {
            const { fill } = item;
            return (
              <Row
                key={item.key}
                ts={item.ts}
                env={env}
                icon={side(fill.side)}
                head={`Filled ${quantityText(fill.quantity)} ${baseOf(fill.instrument)} at ${decimalText(fill.price)}`}
              >
                {purposeName(fill.purpose)}, fee {decimalText(fill.fee)} {fill.feeAsset}
              </Row>
            );
          }
        }
      })}
    </ol>
  );
}
