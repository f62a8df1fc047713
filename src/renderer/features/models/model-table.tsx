import { ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ModelList, ModelView } from '#shared/contract/models.ts';
import { bytesText } from '#shared/format/bytes.ts';
import { floatText } from '#shared/format/figures.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';

const FITS = {
  good: { word: 'models.fits.good', tone: 'good' },
  tight: { word: 'models.fits.tight', tone: 'warn' },
  'too large': { word: 'models.fits.tooLarge', tone: 'bad' },
} as const;
const STATES = {
  'not loaded': { word: 'models.states.notLoaded', tone: 'neutral' },
  loading: { word: 'models.states.loading', tone: 'accent' },
  ready: { word: 'models.states.ready', tone: 'good' },
  failed: { word: 'models.states.failed', tone: 'bad' },
} as const;
const GRADES = {
  'bit-exact': 'models.grades.bitExact',
  'stable-text': 'models.grades.stableText',
  'non-deterministic': 'models.grades.nonDeterministic',
} as const;

function SpeedCell({ model }: { readonly model: ModelView }) {
  const { t } = useTranslation();
  const { benchmark } = model;
  if (benchmark === null) return <span className="text-muted">{t('models.notMeasured')}</span>;
  const { writingTokensPerSecond: writing, textsPerSecond: texts, n } = benchmark;
  return (
    <span className="figure-mono" title={benchmark.conditions}>
      {texts === null
        ? t('models.speedValue', { speed: floatText(writing ?? Number.NaN, 1), n })
        : t('models.textsValue', { speed: floatText(texts, 1), n })}
    </span>
  );
}

function ModelRow({ model }: { readonly model: ModelView }) {
  const { t } = useTranslation();
  const { models } = useStores();
  const busy = useStore(models, (state) => state.busy !== null);
  const { name, fit } = model;
  const shownFit = FITS[fit.word];
  const shownState = STATES[model.state];
  return (
    <>
      <tr data-model={name}>
        <Cell className="font-medium">
          <span className="inline-flex items-center gap-2">
            {name}
            {model.isDefault && <Chip tone="accent">{t('models.chosen')}</Chip>}
          </span>
        </Cell>
        <Cell className="text-muted">{`${model.architecture} ${model.quantisation}`}</Cell>
        <Cell align="right" className="figure-mono">
          {bytesText(model.bytes)}
        </Cell>
        <Cell>
          <Chip
            tone={shownFit.tone}
            title={t('models.fitTitle', { needed: bytesText(fit.neededBytes), free: bytesText(fit.freeBytes) })}
          >
            {t(shownFit.word)} {fit.score}
          </Chip>
        </Cell>
        <Cell>
          <SpeedCell model={model} />
        </Cell>
        <Cell>
          {model.canary === null ? (
            <span className="text-muted">{t('models.ungraded')}</span>
          ) : (
            t(GRADES[model.canary.grade])
          )}
        </Cell>
        <Cell>
          <Chip tone={shownState.tone}>{t(shownState.word)}</Chip>
        </Cell>
      </tr>
      <tr>
        <td colSpan={7} className="px-3 pb-2">
          {model.why !== null && <p className="mb-1 text-12 text-danger first-letter:uppercase">{said(model.why)}</p>}
          <div className="flex flex-wrap items-center gap-1.5">
            {!model.isDefault && (
              <Button disabled={busy} onClick={() => void models.use(name)}>
                {t('models.use')}
              </Button>
            )}
            {model.state === 'ready' ? (
              <Button disabled={busy} onClick={() => void models.on(name, 'unload')}>
                {t('models.unload')}
              </Button>
            ) : (
              <Button disabled={busy} onClick={() => void models.on(name, 'load')}>
                {t('models.load')}
              </Button>
            )}
            <Button disabled={busy} onClick={() => void models.on(name, 'bench')}>
              {t('models.bench')}
            </Button>
            {model.use === 'generate' && (
              <Button disabled={busy} onClick={() => void models.on(name, 'canary')}>
                {t('models.canary')}
              </Button>
            )}
            <span className="ml-auto">
              <ConfirmButton
                label={t('models.remove')}
                ask={t('models.removeSure', { name })}
                yes={t('models.removeYes')}
                no={t('models.keep')}
                disabled={busy}
                onYes={() => void models.on(name, 'remove')}
              />
            </span>
          </div>
        </td>
      </tr>
    </>
  );
}

/** The rules first, which are always there, then every model of this machine. */
export function ModelTable({ list }: { readonly list: ModelList }) {
  const { t } = useTranslation();
  const { models } = useStores();
  const busy = useStore(models, (state) => state.busy);
  const alone = list.analyst === null && list.remote === null;
  return (
    <>
      <Table
        label={t('models.list')}
        columns={[
          { label: t('models.name') },
          { label: t('models.kind') },
          { label: t('models.size'), align: 'right' },
          { label: t('models.fit') },
          { label: t('models.speed') },
          { label: t('models.repeats') },
          { label: t('models.state') },
        ]}
      >
        <tr data-model="rules">
          <Cell className="font-medium">
            <span className="inline-flex items-center gap-2">
              <ShieldCheck aria-hidden size={14} className="text-accent" />
              {t('models.rules')}
            </span>
          </Cell>
          <Cell className="min-w-40 text-muted whitespace-normal!">{t('models.rulesKind')}</Cell>
          <Cell align="right" className="figure-mono">
            0
          </Cell>
          <Cell>
            <Chip tone="good">{t('models.always')}</Chip>
          </Cell>
          <Cell> </Cell>
          <Cell>{t('models.grades.bitExact')}</Cell>
          <Cell>{alone ? <Chip tone="good">{t('models.deciding')}</Chip> : <Chip>{t('models.fallback')}</Chip>}</Cell>
        </tr>
        {list.analyst !== null && (
          <tr>
            <td colSpan={7} className="px-3 pb-2">
              <Button disabled={busy !== null} onClick={() => void models.use(null)}>
                {t('models.useRules')}
              </Button>
            </td>
          </tr>
        )}
        {list.models.map((model) => (
          <ModelRow key={model.name} model={model} />
        ))}
      </Table>
      {busy !== null && (
        <p role="status" className="border-t border-hair px-3 py-2 text-12 text-muted">
          {t('models.working', { name: t('models.title'), what: busy })}
        </p>
      )}
    </>
  );
}
