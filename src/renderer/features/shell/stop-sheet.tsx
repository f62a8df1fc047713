import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import type { KillPreview } from '../../stores/engine-store.ts';
import { useEngine, useStores } from '../../stores/stores-context.tsx';

type Props = { readonly open: boolean; readonly onClose: () => void };

/** The two ways to stop, side by side, with what each would do to every order and position. Nothing happens until one is chosen. */
export function StopSheet({ open, onClose }: Props) {
  const { t } = useTranslation();
  const { engine, automation } = useStores();
  const preview = useEngine((state) => state.preview);
  const choose = (verb: 'flatten' | 'stop_managing') => {
    onClose();
    void engine.kill(verb === 'flatten' ? 'stop and flatten, in the window' : 'stop managing, in the window', verb);
  };
  const level = (name: 'halt' | 'flatten') => {
    onClose();
    void automation[name](t(`approvals.level.${name}Reason`));
  };
  return (
    <Sheet open={open} onClose={onClose} title={t('stopping.stopTitle')}>
      <ol data-testid="levels" className="mb-4 flex flex-col gap-2">
        {(['halt', 'flatten'] as const).map((name, index) => (
          <li key={name} className="flex items-center gap-3">
            <span className="figure w-4 text-faint">{index + 1}</span>
            <span className="min-w-0 flex-1 text-12 text-muted">{t(`approvals.level.${name}Does`)}</span>
            <Button onClick={() => level(name)}>{t(`approvals.level.${name}`)}</Button>
          </li>
        ))}
        <li className="flex items-center gap-3">
          <span className="figure w-4 text-faint">3</span>
          <span className="min-w-0 flex-1 text-12 text-muted">{t('approvals.level.killDoes')}</span>
        </li>
      </ol>
      <p className="mb-3 text-muted">{t('stopping.stopWays')}</p>
      {preview === null && <p role="status">{t('stopping.asking')}</p>}
      {preview !== null && 'message' in preview && (
        <ErrorState error={preview} retry={() => void engine.askPreview()} />
      )}
      {preview !== null && 'venues' in preview && <PreviewTable preview={preview} />}
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('stopping.goOn')}</Button>
        <Button onClick={() => choose('stop_managing')}>{t('stopping.stopManaging')}</Button>
        <Button kind="danger" onClick={() => choose('flatten')}>
          {t('stopping.flatten')}
        </Button>
      </div>
    </Sheet>
  );
}

type PreviewOrder = KillPreview['venues'][number]['orders'][number];

/** What an order is, in words; one that only the journal remembers is said to be from memory. */
const rowWords = ({ foreign, protects }: PreviewOrder, fromMemory: boolean) => {
  const what = foreign ? 'foreign' : protects ? 'protective' : 'entry';
  return fromMemory ? (`stopping.rows.${what}Memory` as const) : (`stopping.rows.${what}` as const);
};

function PreviewTable({ preview }: { readonly preview: KillPreview }) {
  const { t } = useTranslation();
  const rows = preview.venues.flatMap(({ venue, fromMemory, orders, positions }) => [
    ...orders.map((order) => ({
      key: `${venue} ${order.clientOrderId ?? order.venueOrderId ?? ''}`,
      what: t(rowWords(order, fromMemory), { instrument: order.instrument, venue }),
      stop: order.stopManaging,
      kill: order.flatten,
    })),
    ...positions.map((position) => ({
      key: `${venue} ${position.instrument}`,
      what: t('stopping.rows.position', {
        quantity: position.quantity,
        instrument: position.instrument,
        venue,
      }),
      stop: position.stopManaging,
      kill: position.flatten,
    })),
  ]);
  if (rows.length === 0) return <p data-testid="stop-preview">{t('stopping.nothingHeld')}</p>;
  return (
    <table data-testid="stop-preview" className="w-full text-12">
      <thead>
        <tr className="text-left text-faint">
          <th className="py-1 font-normal">{t('stopping.now')}</th>
          <th className="py-1 font-normal">{t('stopping.stopManaging')}</th>
          <th className="py-1 font-normal">{t('stopping.flatten')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="border-t border-hair">
            <td className="py-1">{row.what}</td>
            <td className="py-1">{row.stop}</td>
            <td className="py-1">{row.kill}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
