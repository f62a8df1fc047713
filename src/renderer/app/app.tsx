import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { useStore } from 'zustand';
import { ConnectionScreen } from '../features/shell/connection-screen.tsx';
import { Shell } from '../features/shell/shell.tsx';
import { StoresProvider } from '../stores/stores-context.tsx';
import type { Connection } from './connection.ts';

/** Before the first connection: a screen that says so. After it: the shell, which stays with its last figures when the line breaks. */
export function App({ connection }: { readonly connection: Connection }) {
  const state = useStore(connection);
  if (state.stores === null || state.phase === 'mismatch') {
    return <ConnectionScreen state={state} connect={connection.connect} />;
  }
  return (
    <StoresProvider value={state.stores} key={state.generation}>
      <Router hook={useHashLocation}>
        <Shell connection={state} connect={connection.connect} />
      </Router>
    </StoresProvider>
  );
}
