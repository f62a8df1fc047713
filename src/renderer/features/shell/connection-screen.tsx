import { KeyRound, LoaderCircle, PlugZap, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { clockSecondsText } from '#shared/format/time.ts';
import type { ConnectionState } from '../../app/connection.ts';
import { zone } from '../../app/zone.ts';
import { Button } from '../../components/button.tsx';
import { LogoMark } from './logo-mark.tsx';

type Words = { readonly icon: ReactNode; readonly title: string; readonly text: string; readonly remedy: string };

function wordsFor({ phase, error, since }: ConnectionState): Words {
  switch (phase) {
    case 'connecting':
    case 'locked':
    case 'ready':
      return {
        icon: <LoaderCircle aria-hidden size={18} className="spin text-accent" />,
        title: 'Connecting to the engine',
        text: 'The window asks the engine which version of the contract it speaks.',
        remedy: 'This takes a moment on the first start.',
      };
    case 'mismatch':
      return {
        icon: <PlugZap aria-hidden size={18} className="text-danger" />,
        title: 'The window and the engine are of different versions',
        text: error?.message ?? 'They speak different contracts, so they refuse to talk.',
        remedy: error?.remedy ?? 'Restart both from the same version.',
      };
    case 'no_key':
      return {
        icon: <Unplug aria-hidden size={18} className="text-warn" />,
        title: 'This page was opened without its key',
        text: 'The key is part of the address that the engine prints, and it is removed from the address bar once it is read.',
        remedy: 'Run mt up --web and open the address it prints. After a reload, open that address again.',
      };
    case 'wrong_key':
      return {
        icon: <KeyRound aria-hidden size={18} className="text-warn" />,
        title: 'The key of this page is wrong',
        text: 'The engine does not know it: each start of the engine gives out a new one.',
        remedy: 'Open the address again that mt up --web printed last. This page does not try by itself.',
      };
    case 'disconnected':
      return {
        icon: <Unplug aria-hidden size={18} className="text-warn" />,
        title: 'No connection to the engine',
        text: `${error?.message ?? 'The engine does not answer'} (${clockSecondsText(since, zone)}).`,
        remedy: 'Start it with mt up, or restart Master Trader. This window tries again by itself.',
      };
  }
}

type Props = { readonly state: ConnectionState; readonly connect: () => void };

/** What is shown when there is nothing to show yet: never a blank page. */
export function ConnectionScreen({ state, connect }: Props) {
  const words = wordsFor(state);
  return (
    <main className="flex h-full items-center justify-center p-6">
      <div role="status" className="w-full max-w-md rounded-panel border border-hair bg-bg1 p-6">
        <div className="mb-5 flex items-center gap-2.5 text-15 font-bold">
          <LogoMark size={22} />
          Master Trader
        </div>
        <div className="flex items-start gap-3">
          <span className="mt-0.5">{words.icon}</span>
          <div className="min-w-0">
            <h1 className="text-15 font-bold">{words.title}</h1>
            <p className="mt-1.5 text-muted break-words">{words.text}</p>
            <p className="mt-1.5 text-muted">{words.remedy}</p>
            {state.phase === 'disconnected' && (
              <Button className="mt-4" onClick={connect}>
                Try again now
              </Button>
            )}
            {state.phase === 'mismatch' && (
              <Button className="mt-4" onClick={() => location.reload()}>
                Reload the window
              </Button>
            )}
          </div>
        </div>
      </div>
    </main>
  );
}
