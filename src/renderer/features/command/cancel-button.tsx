import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '../../components/button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { useCycle, useStores } from '../../stores/stores-context.tsx';

/**
 * Stops the cycle in flight. Once the agent has traded it turns into a question for five seconds: Enter, Esc or a second click closes
 * the position. It takes the focus with the question, so that Enter answers it wherever the master was.
 */
export function CancelButton() {
  const { t } = useTranslation();
  const { cycle } = useStores();
  const canceling = useCycle((state) => state.canceling);
  const asking = useCycle((state) => state.asking);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) button.current?.focus();
  }, [asking]);

  const onKeyDown = (event: KeyboardEvent): void => {
    // A key held down repeats; that is one press, not two.
    if (event.repeat) event.preventDefault();
  };
  const onClick = (event: MouseEvent): void => {
    // The second half of a double click was not meant as an answer.
    if (event.detail <= 1) void cycle.cancel('canceled in the window');
  };

  return (
    <button
      ref={button}
      type="button"
      data-control=""
      data-testid="cancel"
      data-asking={asking}
      disabled={canceling}
      onKeyDown={onKeyDown}
      onClick={onClick}
      className={`${buttonClass(asking ? 'danger' : 'plain')} h-11`}
    >
      {t(canceling ? 'command.launch.canceling' : asking ? 'command.launch.closeAsk' : 'command.launch.cancel')}
      {!asking && <Kbd>Esc</Kbd>}
    </button>
  );
}
