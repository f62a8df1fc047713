import { useStore } from 'zustand';
import { ErrorState } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';

/** Why the indicators or the layout that were chosen last are not kept; the screen then shows those from before. */
export function NotKept() {
  const { preferences } = useStores();
  const error = useStore(preferences.refusal, (state) => state.error);
  return error === null ? null : <ErrorState error={error} />;
}
