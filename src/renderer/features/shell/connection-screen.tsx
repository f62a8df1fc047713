import type { TFunction } from 'i18next';
import { KeyRound, LoaderCircle, PlugZap, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { clockSecondsText } from '#shared/format/time.ts';
import type { ConnectionState } from '../../app/connection.ts';
import { said } from '../../app/said.ts';
import { zone } from '../../app/zone.ts';
import { Button } from '../../components/button.tsx';
import { LogoMark } from './logo-mark.tsx';

type Words = { readonly icon: ReactNode; readonly title: string; readonly text: string; readonly remedy: string };

function wordsFor({ phase, error, since }: ConnectionState, t: TFunction): Words {
  switch (phase) {
    case 'connecting':
    case 'locked':
    case 'ready':
      return {
        icon: <LoaderCircle aria-hidden size={18} className="spin text-accent" />,
        title: t('connection.connecting.title'),
        text: t('connection.connecting.text'),
        remedy: t('connection.connecting.remedy'),
      };
    case 'mismatch':
      return {
        icon: <PlugZap aria-hidden size={18} className="text-danger" />,
        title: t('connection.mismatch.title'),
        text: error === null ? t('connection.mismatch.text') : said(error.message),
        remedy: said(error?.remedy ?? t('connection.mismatch.remedy')),
      };
    case 'no_key':
      return {
        icon: <Unplug aria-hidden size={18} className="text-warn" />,
        title: t('connection.noKey.title'),
        text: t('connection.noKey.text'),
        remedy: t('connection.noKey.remedy'),
      };
    case 'wrong_key':
      return {
        icon: <KeyRound aria-hidden size={18} className="text-warn" />,
        title: t('connection.wrongKey.title'),
        text: t('connection.wrongKey.text'),
        remedy: t('connection.wrongKey.remedy'),
      };
    case 'disconnected':
      return {
        icon: <Unplug aria-hidden size={18} className="text-warn" />,
        title: t('connection.disconnected.title'),
        text: t('connection.disconnected.text', {
          why: error === null ? t('connection.disconnected.silent') : said(error.message),
          at: clockSecondsText(since, zone),
        }),
        remedy: t('connection.disconnected.remedy'),
      };
  }
}

type Props = { readonly state: ConnectionState; readonly connect: () => void };

/** What is shown when there is nothing to show yet: never a blank page. */
export function ConnectionScreen({ state, connect }: Props) {
  const { t } = useTranslation();
  const words = wordsFor(state, t);
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
                {t('connection.tryNow')}
              </Button>
            )}
            {state.phase === 'mismatch' && (
              <Button className="mt-4" onClick={() => location.reload()}>
                {t('connection.reload')}
              </Button>
            )}
          </div>
        </div>
      </div>
    </main>
  );
}
