import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { NewsItemView, NewsShow } from '#shared/contract/news.ts';
import { floatText } from '#shared/format/figures.ts';
import { ageText } from '#shared/format/time.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { AddNews, NewsSources } from './news-sources.tsx';
import { ReadIn } from './read-in.tsx';

const TONES = { negative: 'down', neutral: 'neutral', positive: 'up' } as const;
const GLYPH = { negative: '▼', neutral: '•', positive: '▲' } as const;
const signed = (value: number): string => floatText(value, 2, { sign: 'always' });

function Item({ item, now }: { readonly item: NewsItemView; readonly now: number }) {
  const { t } = useTranslation();
  const words = item.driving.map(
    ({ word, score, turnedBy }) => `${turnedBy === null ? '' : `${turnedBy} `}${word} ${signed(score)}`,
  );
  return (
    <li
      className="border-t border-hair px-3 py-2.5 text-12 first:border-t-0"
      data-item={item.quarantined ? 'quarantined' : item.tone}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Chip tone={TONES[item.tone]}>
          {GLYPH[item.tone]} {t(`learned.news.tones.${item.tone}`)} {signed(item.score)}
        </Chip>
        <span className="text-muted">{item.source}</span>
        <span className="figure-mono text-faint">
          {item.publishedAt === null
            ? t('learned.news.undated')
            : t('learned.news.age', { age: ageText(now - item.publishedAt) })}
        </span>
        <span className="text-faint">
          {t('learned.news.readBy', { who: t(`learned.news.readers.${item.readBy}`) })}
        </span>
        {item.assets.length > 0 && <span className="figure-mono text-faint">{item.assets.join(' ')}</span>}
      </div>
      <p className="mt-1 text-13 break-words">{item.title}</p>
      <p className="mt-0.5 text-muted">
        {words.length === 0 ? t('learned.news.noWords') : t('learned.news.words', { words: words.join(', ') })}
      </p>
      <ReadIn readIn={item.readIn} />
      {item.quarantined && (
        <p className="mt-0.5 text-warn">{t('learned.news.signs', { signs: item.signs.join(', ') })}</p>
      )}
    </li>
  );
}

function Reading({ show }: { readonly show: NewsShow }) {
  const { t } = useTranslation();
  const { reading, counts } = show;
  if (!reading.followed) return <EmptyState>{t('learned.news.notFollowed')}</EmptyState>;
  return (
    <Pairs
      pairs={[
        { label: t('learned.news.sentiment'), value: signed(reading.sentiment), strong: true },
        { label: t('learned.news.change'), value: signed(reading.change) },
        { label: t('learned.news.risk'), value: t(`learned.news.risks.${reading.risk}`) },
        {
          label: t('learned.news.fearGreed'),
          value: reading.fearGreed === null ? t('learned.news.none') : floatText(reading.fearGreed, 0),
        },
        {
          label: t('learned.news.items'),
          value: t('learned.news.basis', { count: reading.items, sources: reading.sources }),
        },
        {
          label: t('learned.news.shown.quarantined'),
          value: t('learned.news.quarantined', {
            count: counts.quarantined,
            undated: counts.undated,
            items: counts.items,
          }),
        },
      ]}
    />
  );
}

/** What came in, how it was read and by which words, and who is listened to. */
export function NewsScreen() {
  const { t } = useTranslation();
  const { news, market } = useStores();
  const { instrument, quarantined, error, busy, intakes } = useStore(news);
  const show = useStore(news.show);
  const sources = useStore(news.sources);
  const instruments = useStore(market.instruments, ({ data }) => data ?? []);
  useEffect(() => void news.refresh(), [news]);
  const options = instruments.length === 0 ? [instrument] : instruments.map(({ symbol }) => symbol);
  return (
    <div className="flex flex-col gap-3 p-3">
      <h1 className="sr-only">{t('learned.news.title')}</h1>
      {error !== null && <ErrorState error={error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Select
          label={t('learned.news.instrument')}
          value={instrument}
          options={options.map((value) => ({ value, label: value }))}
          onChange={(next) => news.look({ instrument: next })}
        />
        <Select
          label={t('learned.news.show')}
          value={quarantined ? 'quarantined' : 'counted'}
          options={(['counted', 'quarantined'] as const).map((value) => ({
            value,
            label: t(`learned.news.shown.${value}`),
          }))}
          onChange={(next) => news.look({ quarantined: next === 'quarantined' })}
        />
        <Button disabled={busy} onClick={() => void news.fetch()}>
          {busy ? t('learned.news.working') : t('learned.news.fetchAll')}
        </Button>
      </div>
      {intakes.length > 0 && (
        <ul role="status" className="px-1 text-12 text-muted">
          {intakes.map(({ source, outcome, items, added, quarantined: held, why }) => (
            <li key={source}>
              {outcome === 'fault'
                ? `${source}: ${why ?? ''}`
                : t(outcome === 'unchanged' ? 'learned.news.unchanged' : 'learned.news.took', {
                    source,
                    items,
                    added,
                    quarantined: held,
                  })}
            </li>
          ))}
        </ul>
      )}
      <LoadedView
        loaded={show}
        what={t('learned.news.what')}
        retry={() => void news.refresh()}
        cancel={news.show.giveUp}
      >
        {(data) => (
          <>
            <Panel title={t('learned.news.reading')} note={t('learned.news.readingNote')}>
              <Reading show={data} />
            </Panel>
            <Panel title={t('learned.news.items')} flush>
              {data.runsLookedAt.older && (
                <p className="px-3 py-1.5 text-11 text-faint">
                  {t('learned.news.olderRuns', { count: data.runsLookedAt.count })}
                </p>
              )}
              {data.items.length === 0 ? (
                <EmptyState>{t('learned.news.empty')}</EmptyState>
              ) : (
                <ul className="max-h-[32rem] overflow-y-auto" tabIndex={0} aria-label={t('learned.news.items')}>
                  {data.items.map((item) => (
                    <Item key={item.id} item={item} now={data.reading.asOf} />
                  ))}
                </ul>
              )}
            </Panel>
          </>
        )}
      </LoadedView>
      <Panel title={t('learned.news.sources')} flush>
        <LoadedView
          loaded={sources}
          what={t('learned.news.what')}
          retry={() => void news.sources.refresh()}
          cancel={news.sources.giveUp}
        >
          {(data) => <NewsSources sources={data} />}
        </LoadedView>
      </Panel>
      <Panel title={t('learned.news.add')} note={t('learned.news.addNote')}>
        <AddNews />
      </Panel>
    </div>
  );
}
