import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

export const HOLD_MS = 800;
const TWICE_MS = 2000;

export type Hold = {
  readonly holding: boolean;
  /** One of two key presses has been made. */
  readonly armed: boolean;
  readonly handlers: {
    onPointerDown(event: PointerEvent): void;
    onPointerUp(): void;
    onPointerLeave(): void;
    onPointerCancel(): void;
    onKeyDown(event: KeyboardEvent): void;
    onClick(event: MouseEvent): void;
    onBlur(): void;
  };
};

/** A deliberate press: the pointer held down for 0.8 s, or two presses by keyboard or assistive technology within two seconds. */
export function useHold(fire: () => void): Hold {
  const [holding, setHolding] = useState(false);
  const [armed, setArmed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const release = (): void => {
    clearTimeout(timer.current);
    setHolding(false);
    setArmed(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);

  const done = (): void => {
    release();
    fire();
  };

  return {
    holding,
    armed,
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0) return;
        setHolding(true);
        clearTimeout(timer.current);
        timer.current = setTimeout(done, HOLD_MS);
      },
      onPointerUp: release,
      onPointerLeave: release,
      onPointerCancel: release,
      onKeyDown(event) {
        // A key held down repeats; that is one press, not two.
        if (event.repeat) event.preventDefault();
      },
      onClick(event) {
        // Clicks of a pointer carry a count; those of a key or of assistive technology carry none.
        if (event.detail !== 0) return;
        if (armed) return done();
        setArmed(true);
        clearTimeout(timer.current);
        timer.current = setTimeout(release, TWICE_MS);
      },
      onBlur: release,
    },
  };
}
