import { useRef, useState } from 'react';
import { type ViewError, viewError } from '../stores/loaded.ts';

export type Act = {
  readonly busy: boolean;
  /** Why the last try was refused. */
  readonly error: ViewError | null;
  /** Answers whether it was done; while one is under way a second press sends nothing. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly forget: () => void;
};

/** One act of a form, with the words of its refusal beside it. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ViewError | null>(null);
  const underWay = useRef(false);
  return {
    busy,
    error,
    async run(work) {
      if (underWay.current) return false;
      underWay.current = true;
      setBusy(true);
      setError(null);
      try {
        await work();
        return true;
      } catch (thrown) {
        setError(viewError(thrown));
        return false;
      } finally {
        underWay.current = false;
        setBusy(false);
      }
    },
    forget: () => setError(null),
  };
}
