import { CircleSlash, OctagonX, TriangleAlert } from 'lucide-react';
import type { CycleView } from '#shared/contract/cycle.ts';
import { compare } from '#shared/format/decimal-text.ts';
import { decimalText, slippageText } from '#shared/format/figures.ts';
import { countText, environmentTag, outcomeName, sentence, shortHash } from '#shared/format/names.ts';
import { durationText } from '#shared/format/time.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { SignedMoney, SignedR } from '../../components/figures.tsx';
import { type Pair, Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { Section } from '../../components/section.tsx';

type Result = NonNullable<CycleView['result']>;

/** The run ended without a result: it failed or was interrupted early. */
function Failure({ cycle }: { readonly cycle: CycleView }) {
  const stage = cycle.stages.find((one) => one.state === 'failed');
  const untouched = cycle.orders.length === 0;
  return (
    <div role="alert" className="flex gap-3 p-4">
      <TriangleAlert aria-hidden size={18} className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0">
        <p className="font-bold break-words">{cycle.error ?? stage?.detail ?? 'The run ended early.'}</p>
        <p className="mt-1 text-12 text-muted">
          {untouched
            ? 'No order was sent: nothing was risked.'
            : 'Orders had been sent. Look at Portfolio for what is held now.'}
        </p>
      </div>
    </div>
  );
}

function Headline({ result }: { readonly result: Result }) {
  if (result.outcome === 'traded') {
    return (
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div>
          <div className="text-11 text-faint">Net result, after fees</div>
          <SignedMoney text={result.netPnl} asset={result.quoteAsset} className="text-24 font-bold" />
        </div>
        <div className="text-right">
          <div className="text-11 text-faint">In risk units</div>
          <SignedR r={result.r} className="text-18 font-medium" />
        </div>
      </div>
    );
  }
  const Icon = result.outcome === 'no_trade' ? CircleSlash : OctagonX;
  return (
    <div className="flex items-center gap-3">
      <Icon aria-hidden size={20} className={result.outcome === 'no_trade' ? 'text-accent' : 'text-warn'} />
      <div className="text-24 font-bold">{outcomeName(result.outcome)}</div>
    </div>
  );
}

/** From the starting equity to the last digit of the ending one. */
const reconciliation = ({ reconciliation: money }: Result): readonly Pair[] => [
  { label: 'Equity before', value: decimalText(money.startingEquity) },
  { label: 'Gross result', value: decimalText(money.grossPnl, undefined, { sign: 'always' }) },
  { label: 'Fees', value: decimalText(money.fees) },
  { label: 'Cash', value: decimalText(money.cash) },
  { label: 'Position value', value: decimalText(money.positionValue) },
  { label: 'Equity after', value: decimalText(money.equity), strong: true },
  {
    label: 'Unexplained',
    value:
      compare(money.difference, '0') === 0 ? (
        <span className="text-ok">0, it reconciles</span>
      ) : (
        <span className="text-danger">{decimalText(money.difference)}</span>
      ),
  },
];

function Identity({ cycle }: { readonly cycle: CycleView }) {
  const pairs: Pair[] = [{ label: 'Run', value: <CopyText value={cycle.runId} what="run id" /> }];
  if (cycle.journalHead !== null) {
    pairs.push({
      label: 'Journal head',
      value: <CopyText value={cycle.journalHead} shown={shortHash(cycle.journalHead)} what="journal head" />,
    });
  }
  pairs.push({ label: 'Prices', value: cycle.marketSource }, { label: 'Seed', value: cycle.seed });
  if (cycle.shadow !== null)
    pairs.push({
      label: 'Order book',
      value:
        cycle.shadow.averageSlippageBps === null
          ? 'no order was compared'
          : `${slippageText(cycle.shadow.averageSlippageBps)} over ${countText(cycle.shadow.compared, 'order')}`,
    });
  if (cycle.offline !== null)
    pairs.push({ label: 'Offline window', value: `${countText(cycle.offline.candles, 'candle')} played afterwards` });
  if (cycle.timings !== null) pairs.push({ label: 'Took', value: durationText(cycle.timings.totalMs) });
  if (cycle.timings?.pressToFirstOrderMs != null) {
    pairs.push({ label: 'Press to first order', value: durationText(cycle.timings.pressToFirstOrderMs) });
  }
  return <Pairs pairs={pairs} />;
}

export function ResultPanel({ cycle }: { readonly cycle: CycleView }) {
  const { result, lesson } = cycle;
  if (result === null && cycle.state === 'running') return null;
  return (
    <Panel
      title="Result"
      flush
      env={cycle.environment}
      note={
        result === null
          ? undefined
          : result.barsLived === 0
            ? outcomeName(result.outcome).toLowerCase()
            : `${outcomeName(result.outcome).toLowerCase()} · ${countText(result.barsLived, 'candle')} lived`
      }
    >
      {result === null ? (
        <Failure cycle={cycle} />
      ) : (
        <div data-testid="result" data-outcome={result.outcome} data-env={environmentTag(cycle.environment)}>
          <div className="flex flex-col gap-2 p-4">
            <Headline result={result} />
            <p className="text-12 text-muted">{sentence(result.reason)}</p>
          </div>
          {lesson !== null && (
            <Section title="Lesson kept in memory">
              <p className="text-12">{lesson.text}</p>
            </Section>
          )}
          <Section title={`Reconciliation, ${result.quoteAsset}`}>
            <Pairs pairs={reconciliation(result)} />
          </Section>
        </div>
      )}
      <Section title="Record">
        <Identity cycle={cycle} />
      </Section>
    </Panel>
  );
}
