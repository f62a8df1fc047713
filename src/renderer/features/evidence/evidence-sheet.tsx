import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Sheet } from '../../components/sheet.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { FactDetail } from './fact-detail.tsx';
import { FactList } from './fact-list.tsx';
import { ReceiptPart } from './receipt-part.tsx';

type Props = {
  readonly cycle: number;
  readonly open: boolean;
  /** The fact to begin with; null for all of them alike. */
  readonly fact: string | null;
  readonly onClose: () => void;
};

/** What a run knew, down to the candles, the record of the journal and the model's question. */
export function EvidenceSheet({ cycle, open, fact, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={open} onClose={onClose} title={t('evidence.sheet', { cycle })}>
      {open && <EvidenceOf cycle={cycle} fact={fact} />}
    </Sheet>
  );
}

/** All that a run knew; with a fact, that one first. */
export function EvidenceOf({ cycle, fact }: { readonly cycle: number; readonly fact: string | null }) {
  const { t } = useTranslation();
  const { evidence } = useStores();
  const loaded = useStore(evidence.facts);
  useEffect(() => evidence.open(cycle), [evidence, cycle]);
  return (
    <LoadedView
      loaded={loaded}
      what={t('evidence.what')}
      retry={() => void evidence.facts.refresh()}
      cancel={evidence.facts.giveUp}
    >
      {(facts) => (
        <div className="flex max-w-3xl min-w-0 flex-col gap-4">
          <FactDetail facts={facts} id={fact} />
          <FactList facts={facts} open={fact === null} />
          <ReceiptPart asked={facts.asked} />
        </div>
      )}
    </LoadedView>
  );
}
