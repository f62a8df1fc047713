import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ReceiptView } from '#shared/contract/receipts.ts';
import { shortHash } from '#shared/format/names.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { type Pair, Pairs } from '../../components/pairs.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { ReplayPart } from './replay-part.tsx';
import { Words } from './words.tsx';

/** What the model was asked about these facts, what it answered, and asking it again. */
export function ReceiptPart({ asked }: { readonly asked: boolean }) {
  const { t } = useTranslation();
  const { evidence } = useStores();
  const loaded = useStore(evidence.receipt);
  return (
    <section aria-label={t('evidence.receipt')} data-testid="receipt" className="flex min-w-0 flex-col gap-2">
      <h3 className="text-12 font-bold">{t('evidence.receipt')}</h3>
      {asked ? (
        <LoadedView
          loaded={loaded}
          what={t('evidence.receiptWhat')}
          retry={() => void evidence.receipt.refresh()}
          cancel={evidence.receipt.giveUp}
        >
          {(receipt) => (
            <>
              <Receipt receipt={receipt} />
              <ReplayPart />
            </>
          )}
        </LoadedView>
      ) : (
        <p className="text-12 text-muted">{t('evidence.notAsked')}</p>
      )}
    </section>
  );
}

function Receipt({ receipt }: { readonly receipt: ReceiptView }) {
  const { t } = useTranslation();
  const { model, question, samples } = receipt;
  const known: readonly Pair[] =
    model === null
      ? [{ label: t('evidence.model'), value: t('evidence.modelUnknown') }]
      : [
          { label: t('evidence.model'), value: model.name },
          {
            label: t('evidence.weights'),
            value: <CopyText value={model.hash} shown={shortHash(model.hash)} what={t('evidence.weightsWhat')} />,
          },
          { label: t('evidence.build'), value: model.build },
          ...(model.threads === null ? [] : [{ label: t('evidence.threads'), value: model.threads }]),
        ];
  return (
    <>
      <Pairs
        pairs={[
          ...known,
          {
            label: t('evidence.prompt'),
            value: receipt.masked ? t('evidence.masked', { version: receipt.promptVersion }) : receipt.promptVersion,
          },
          { label: t('evidence.cutoff'), value: receipt.cutoff },
        ]}
      />
      <Disclosure summary={t('evidence.instructions')}>
        <Words text={question.system} label={t('evidence.instructions')} />
      </Disclosure>
      <Disclosure summary={t('evidence.shown')}>
        <Words text={question.user} label={t('evidence.shown')} />
      </Disclosure>
      <Disclosure summary={t('evidence.answers')} open>
        <ul className="flex flex-col gap-2">
          {samples.map(({ seed, temperature, outcome, text, tokenIds }, index) => (
            <li key={index} className="flex flex-col gap-1">
              <p className="figure text-11 text-faint">
                {t('evidence.answer', { seed, temperature })} · {t(`evidence.outcomes.${outcome}`)}
                {tokenIds !== null && ` · ${t('evidence.tokens', { count: tokenIds.length })}`}
              </p>
              <Words text={text} label={t('evidence.answer', { seed, temperature })} />
            </li>
          ))}
        </ul>
      </Disclosure>
    </>
  );
}
