import { HardDrive, Scale, ShieldAlert, Unplug } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { AgeBadge, MaybeStale } from '../../components/age-badge.tsx';
import { Button } from '../../components/button.tsx';
import { Chip, type Tone } from '../../components/chip.tsx';
import { Choice } from '../../components/choice.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { EnvChip, EnvTag } from '../../components/env.tsx';
import { Money, Num, Price, Signed, SignedMoney, SignedR } from '../../components/figures.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { Moment } from '../../components/moment.tsx';
import { Notice } from '../../components/notice.tsx';
import { Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, ErrorState, LoadedView, LoadingState } from '../../components/states.tsx';
import { Switch } from '../../components/switch.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { Ticking } from '../../components/ticking.tsx';
import { Tile } from '../../components/tile.tsx';
import { nothingYet } from '../../stores/loaded.ts';
import { LookExample } from '../settings/look-example.tsx';

const AT = Date.UTC(2026, 10, 20, 11, 2, 11);
const ENVIRONMENTS = ['simulated', 'backtest', 'paper', 'shadow', 'sandbox', 'live'] as const;
const TONES: readonly Tone[] = ['neutral', 'good', 'warn', 'bad', 'accent', 'up', 'down'];
const FAILURE = { code: 'timeout', message: 'the engine did not answer', remedy: 'look at the health strip' } as const;
/** Ten changes a second, four times as many as may flash. */
const TICK_MS = 100;

/** English alone: this page is for whoever builds the window, and no production build holds it. */
export function Gallery() {
  const [value, setValue] = useState('one');
  const [on, setOn] = useState(true);
  const [broken, setBroken] = useState(false);
  return (
    <div className="grid gap-3 p-3 lg:grid-cols-2">
      <h1 className="sr-only">Gallery</h1>
      <Panel title="Environments" env="simulated" note="word, shape and colour">
        <Row>
          {ENVIRONMENTS.map((environment) => (
            <span key={environment} data-gallery-env={environment} className="inline-flex items-center gap-2">
              <EnvTag environment={environment} />
            </span>
          ))}
        </Row>
        <Row>
          <EnvChip environment="live" />
        </Row>
      </Panel>
      <Panel title="Figures" env="simulated">
        <Row>
          <Money text="10042.18" asset="USDT" />
          <Money text="0.00012345" asset="BTC" />
          <Price value="64472.4" decimals={2} />
          <Num text="1234567.5" decimals={2} />
          <SignedMoney text="42.18" asset="USDT" />
          <SignedMoney text="-42.18" asset="USDT" />
          <SignedMoney text="0" asset="USDT" />
          <SignedR r="0.84" />
          <SignedR r="-1" />
          <Signed direction="flat">0.00%</Signed>
        </Row>
        <Row>
          <Moment ms={AT} />
          <Moment ms={AT} form="short" />
          <Moment ms={AT} form="clock" />
          <Moment ms={AT} form="seconds" />
          <AgeBadge ageMs={400} intervalMs={60_000} />
          <AgeBadge ageMs={180_000} intervalMs={60_000} />
          <Tick />
        </Row>
        <LookExample />
      </Panel>
      <Panel title="Controls">
        <Row>
          <Button>Plain</Button>
          <Button kind="quiet">Quiet</Button>
          <Button kind="primary">Primary</Button>
          <Button kind="danger">Danger</Button>
          <Button disabled>Disabled</Button>
          <Kbd>K</Kbd>
        </Row>
        <Row>
          <Choice
            labelledBy="gallery-choice"
            value={value}
            options={[
              { value: 'one', label: 'One' },
              { value: 'two', label: 'Two', note: 'with a note' },
            ]}
            onChange={setValue}
          />
          <span id="gallery-choice">A choice</span>
          <Switch labelledBy="gallery-switch" checked={on} onChange={setOn} />
          <span id="gallery-switch">A switch</span>
          <Switch labelledBy="gallery-off" checked={false} disabled onChange={setOn} />
          <span id="gallery-off">A switch that cannot be moved</span>
          <Select
            label="A select"
            value={value}
            options={[
              { value: 'one', label: 'One' },
              { value: 'two', label: 'Two', note: 'with a note' },
            ]}
            onChange={setValue}
          />
          <CopyText value="a3f5c0ffee" shown="a3f5…" what="a hash" />
        </Row>
        <Row>
          {TONES.map((tone) => (
            <Chip key={tone} tone={tone}>
              {tone}
            </Chip>
          ))}
        </Row>
        <Disclosure summary="More">What was asked for.</Disclosure>
      </Panel>
      <Panel title="Tables and pairs" env="simulated" flush>
        <Table label="A table" columns={[{ label: 'Instrument' }, { label: 'Result', align: 'right' }]}>
          {['12.5', '-3.75', '0'].map((text) => (
            <tr key={text}>
              <Cell>BTC/USDT</Cell>
              <Cell align="right">
                <SignedMoney text={text} asset="USDT" />
              </Cell>
            </tr>
          ))}
        </Table>
        <Pairs
          className="p-3"
          pairs={[
            { label: 'A name', value: 'a value' },
            { label: 'A sum', value: <Money text="1" asset="USDT" />, strong: true },
          ]}
        />
        <Tile label="Equity" env="simulated" note="equity minus net deposits">
          <Money text="10042.18" asset="USDT" />
        </Tile>
      </Panel>
      <Panel title="Empty">
        <EmptyState action={<Button>Do it</Button>}>Nothing yet. One line says why, one button what to do.</EmptyState>
      </Panel>
      <Panel title="Loading">
        <LoadingState what="an answer that never comes" cancel={() => undefined} />
      </Panel>
      <Panel title="Error">
        <ErrorState error={FAILURE} retry={() => undefined} />
      </Panel>
      <Panel title="Error, with the last data kept">
        <LoadedView
          loaded={{ ...nothingYet<string>(), data: 'the last data', phase: 'failed', error: FAILURE }}
          what="it"
          retry={() => undefined}
          cancel={() => undefined}
        >
          {(data) => <p>{data}</p>}
        </LoadedView>
      </Panel>
      <Panel title="Stale" actions={<AgeBadge ageMs={42_000} intervalMs={5_000} />}>
        <MaybeStale stale>
          <Money text="64472.40" asset="USDT" />
        </MaybeStale>
      </Panel>
      <Panel title="Notices" flush>
        <Notice tone="warn" icon={Unplug} title="Offline.">
          Simulation and local models work.
        </Notice>
        <Notice tone="warn" icon={ShieldAlert} title="Safe mode.">
          The model failed three times; rules are in charge.
        </Notice>
        <Notice tone="danger" icon={Scale} title="Not reconciled." action={<Button>Resolve</Button>}>
          The venue says 0.012 BTC, we say 0.010.
        </Notice>
        <Notice tone="danger" icon={HardDrive} title="Nothing can be recorded.">
          No order is sent.
        </Notice>
      </Panel>
      <Panel title="Broken" actions={<Button onClick={() => setBroken(true)}>Break it</Button>}>
        {broken ? <Breaks /> : 'A defect in here stays in here.'}
      </Panel>
    </div>
  );
}

const Row = ({ children }: { readonly children: ReactNode }) => (
  <div className="mb-3 flex flex-wrap items-center gap-3">{children}</div>
);

function Breaks(): ReactNode {
  throw new Error('broken on purpose');
}

function Tick() {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setCount((before) => before + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <Ticking value={String(count)}>
      <Num text={String(count)} />
    </Ticking>
  );
}
