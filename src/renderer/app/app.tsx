import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { useStore } from 'zustand';
import { ConnectionScreen } from '../features/shell/connection-screen.tsx';
import { Shell } from '../features/shell/shell.tsx';
import { LockedScreen } from '../features/vault/locked-screen.tsx';
import { StoresContext } from '../stores/stores-context.tsx';
import type { Connection } from './connection.ts';
import { usePreference } from './preferences.ts';
import { zone } from './zone.ts';

/** Routes live behind the `#`: the page has one address, and no server has to know the screens. */
const HASH_ROUTING = { hook: useHashLocation };

/** Before the first connection: a screen that says so. While the vault is shut: the way to open it. After it: the shell, which stays with its last figures when the line breaks. */
export function App({ connection }: { readonly connection: Connection }) {
  const state = useStore(connection);
  usePreference('timeZone');
  if (state.phase === 'locked' && state.vault !== null) return <LockedScreen vault={state.vault} />;
  if (state.stores === null || state.phase === 'mismatch') {
    return <ConnectionScreen state={state} connect={connection.connect} />;
  }
  return (
    // A change of zone draws everything afresh, as a new connection does.
    <StoresContext value={state.stores} key={`${state.generation} ${zone}`}>
      <Router {...HASH_ROUTING}>
        <Shell connection={state} connect={connection.connect} />
      </Router>
    </StoresContext>
  );
}
