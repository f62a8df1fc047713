import { Dialog } from '@base-ui/react/dialog';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** It asks about what another sheet is doing, and lies on it. */
  readonly above?: boolean;
};

/**
 * A dialog that begins below the 40 px bar. It is not modal: the kill button and the environment chip are never covered, and stay
 * reachable with the pointer, the keyboard and a screen reader.
 */
export function Sheet({ open, onClose, title, children, above = false }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog.Root
      open={open}
      modal={false}
      disablePointerDismissal
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Dialog.Portal>
        <div aria-hidden className={clsx('fixed inset-x-0 top-10 bottom-0 bg-scrim', above ? 'z-50' : 'z-30')} />
        <Dialog.Popup
          className={clsx(
            'fixed top-14 right-4 left-4 mx-auto flex max-h-[calc(100vh-4.5rem)] max-w-xl flex-col rounded-panel border border-line bg-bg1 shadow-xl outline-none',
            above ? 'z-60' : 'z-40',
          )}
        >
          <div className="flex min-h-10 items-center gap-2 border-b border-hair pr-1.5 pl-4">
            <Dialog.Title className="text-13 font-bold">{title}</Dialog.Title>
            <Dialog.Close
              aria-label={t('states.close')}
              className="fade ml-auto flex size-7 items-center justify-center rounded-control text-muted hover:bg-bg2 hover:text-ink"
            >
              <X aria-hidden size={16} />
            </Dialog.Close>
          </div>
          <div className="min-h-0 overflow-y-auto p-4">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
