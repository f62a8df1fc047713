import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ReplayView } from '#shared/contract/receipts.ts';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { Words } from './words.tsx';

type Sample = ReplayView['samples'][number];

/** What stands around the first difference; the texts may be thousands of characters long. */
const AROUND = 60;

/** The recorded question again: identical, or where the answers part and why. */
export function ReplayPart() {
  const { t } = useTranslation();
  const { evidence } = useStores();
  const { replaying, replay, replayError } = useStore(evidence);
  return (
    <div className="flex min-w-0 flex-col gap-2 border-t border-hair pt-3">
      <p className="text-12 text-muted">{t('evidence.replayNote')}</p>
      <Button className="self-start" aria-disabled={replaying} onClick={() => void evidence.askAgain()}>
        {t(replaying ? 'evidence.replaying' : 'evidence.replay')}
      </Button>
      <div aria-live="polite" className="flex min-w-0 flex-col gap-2">
        {replayError !== null && <ErrorState error={replayError} />}
        {replay !== null && <Answer replay={replay} />}
      </div>
    </div>
  );
}

function Answer({ replay }: { readonly replay: ReplayView }) {
  const { t } = useTranslation();
  const same = replay.verdict === 'identical';
  const Icon = same ? CircleCheck : CircleAlert;
  return (
    <div data-testid="replay" data-verdict={replay.verdict} className="flex min-w-0 flex-col gap-2 text-12">
      <p className="flex flex-wrap items-center gap-1.5 font-bold">
        <Icon aria-hidden size={14} className={same ? 'text-ok' : 'text-warn'} />
        {t(`evidence.verdicts.${replay.verdict}`)}
        {replay.cause !== null && (
          <span className="font-normal text-muted">{t(`evidence.causes.${replay.cause}`)}</span>
        )}
      </p>
      {replay.samples.map((sample, index) => (
        <Difference key={index} sample={sample} />
      ))}
      {replay.today.length > 0 && (
        <>
          <p className="text-11 text-faint">{t('evidence.changed')}</p>
          <ul className="list-disc pl-4 text-muted">
            {replay.today.map(({ what }) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** Around the place where two texts begin to differ. */
function near(text: string, other: string): string {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at += 1;
  const from = Math.max(0, at - AROUND);
  const cut = text.slice(from, at + AROUND);
  return `${from > 0 ? '…' : ''}${cut}${at + AROUND < text.length ? '…' : ''}`;
}

function Difference({ sample }: { readonly sample: Sample }) {
  const { t } = useTranslation();
  const { difference, recorded, again, length, changed, seed, temperature } = sample;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="figure text-11 text-faint">{t('evidence.answer', { seed, temperature })}</p>
      {difference !== null && (
        <>
          <p>
            {t('evidence.difference', {
              unit: t(`evidence.differenceUnits.${difference.unit}`),
              at: difference.at,
              length,
            })}
          </p>
          <div className="grid gap-2 md:grid-cols-2">
            <div className="min-w-0">
              <p className="text-11 text-faint">{t('evidence.recorded')}</p>
              <Words text={near(recorded, again) || t('evidence.nothingThere')} label={t('evidence.recorded')} />
            </div>
            <div className="min-w-0">
              <p className="text-11 text-faint">{t('evidence.again')}</p>
              <Words text={near(again, recorded) || t('evidence.nothingThere')} label={t('evidence.again')} />
            </div>
          </div>
        </>
      )}
      {changed.length > 0 && (
        <ul className="list-disc pl-4 text-muted">
          {changed.map(({ what }) => (
            <li key={what}>{what}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
